import * as fc from "fast-check";
import type { Arbitrary } from "fast-check";

/** The id of a client, and of a credential, of the same stack: not the one that an answer is about. */
export const otherId = "33333333-0000-4000-8000-000000000003";

const nested = (levels: number): object => (levels === 0 ? {} : { inner: nested(levels - 1) });

/** What stands for a number that no computer has. */
const beyondNumbers = "1e999";

/** What a part of an answer may become. */
const values: unknown[] = [
	null,
	5,
	-1,
	1.5,
	1e308,
	beyondNumbers,
	true,
	"",
	"x",
	"two\nlines\u0007\u001b[31m",
	"\u2028\u202ex\ufeff",
	"\ud83d",
	"ab😀".repeat(500),
	"+099999-01-01T00:00:00.000Z",
	"Fri, 20 Mar 2026 12:00:00 GMT",
	"__proto__",
	"c1",
	"..",
	"http://[",
	"l".repeat(200_000),
	otherId,
	[],
	[null],
	[[]],
	{},
	{ id: otherId },
	nested(40),
];
const bodies = [
	"",
	"null",
	"5",
	'"text"',
	"[]",
	"{}",
	"{",
	"<html>Sign in</html>",
	"\ufeff{}",
	"[".repeat(50_000) + "]".repeat(50_000),
	'{"entities":[null]}',
	'{"entities":{}}',
	`{"id":"${otherId}"}`,
	`{"entities":[],"nextUri":"http://["}`,
];

/** A change of an answer's body. */
export type Mutation =
	| { kind: "replace"; part: number; value: unknown }
	| { kind: "remove"; part: number }
	| { kind: "add"; part: number; name: string; value: unknown }
	| { kind: "whole"; body: string };

const part = fc.nat(200);
const value = fc.constantFrom(...values);

/** Any change. */
export const mutation: Arbitrary<Mutation> = fc.oneof(
	{ weight: 5, arbitrary: fc.record({ kind: fc.constant("replace" as const), part, value }) },
	{ weight: 2, arbitrary: fc.record({ kind: fc.constant("remove" as const), part }) },
	fc.record({
		kind: fc.constant("add" as const),
		part,
		name: fc.constantFrom("newField", "__proto__", "constructor", "secret", "nextUri", "pageCount"),
		value,
	}),
	fc.record({ kind: fc.constant("whole" as const), body: fc.constantFrom(...bodies) }),
);

type Holder = Record<string, unknown>;

/** Every part of a value: what holds it, and its name there. */
function partsOf(holder: unknown): { holder: Holder; name: string }[] {
	if (typeof holder !== "object" || holder === null) return [];
	const own = Object.keys(holder).map((name) => ({ holder: holder as Holder, name }));
	return own.concat(Object.values(holder).flatMap(partsOf));
}

/** A text that nobody can tell from a secret. */
const isLikeSecret = (given: unknown) => typeof given === "string" && /^[ -~]{1,1000}$/.test(given);

/** Changes a body; one without parts stays, and a secret never becomes another one. */
export function mutate(body: string, change: Mutation): string {
	if (change.kind === "whole") return change.body;
	const json: unknown = JSON.parse(body);
	const parts = partsOf(json).filter(({ holder }) => change.kind === "replace" || !Array.isArray(holder));
	const chosen = parts[change.part % Math.max(parts.length, 1)];
	if (chosen === undefined) return body;
	const { holder, name } = chosen;
	// oxlint-disable-next-line typescript/no-dynamic-delete -- the part isn't known before
	if (change.kind === "remove") delete holder[name];
	else {
		const changed = change.kind === "add" ? change.name : name;
		if (changed === "secret" && isLikeSecret(change.value)) return body;
		Object.defineProperty(holder, changed, {
			value: change.value,
			enumerable: true,
			configurable: true,
			writable: true,
		});
	}
	return JSON.stringify(json).replaceAll(`"${beyondNumbers}"`, beyondNumbers);
}
