import leven from "leven";
import * as v from "valibot";
import type { OAuthClientInputs } from "./inputs";
import { canonicalSet, type Settings, unknownValue } from "./settings";

/** A rule that an input breaks. */
export interface CheckFailure {
	/** The path of the input, such as `roleDivisions[0].roleId`. */
	property: string;
	/** What is wrong and what to do. Never the value: it may be a secret. */
	reason: string;
}

const grantTypes = ["CODE", "TOKEN", "SAML2-BEARER", "PASSWORD", "CLIENT-CREDENTIALS"] as const;

const shortestToken = 300;
const longestToken = 172_800;
const longestScimToken = 38_880_000;

const nonEmptyText = v.pipe(v.string("must be text"), v.regex(/\S/, "must not be empty"));
const listOf = <T extends v.GenericSchema>(item: T) => v.array(item, "must be a list");

/** "localhost:3000/cb" parses as a URL whose scheme is "localhost". */
const isAbsoluteUri = (value: string) => URL.canParse(value) && !/^[\w.-]+:\d+(\/|$)/.test(value) && !/\s/.test(value);

const schema = v.strictObject(
	{
		name: nonEmptyText,
		authorizedGrantType: v.picklist(grantTypes, (issue) => grantTypeReason(issue.input)),
		description: v.optional(v.string("must be text")),
		accessTokenValiditySeconds: v.optional(
			v.pipe(
				v.number("must be a number of seconds"),
				v.integer("must be a whole number of seconds"),
				v.minValue(shortestToken, `must be at least ${shortestToken} seconds (5 minutes)`),
				v.maxValue(
					longestScimToken,
					`must be at most ${longestToken} seconds (48 hours), or ${longestScimToken} for SCIM integrations`,
				),
			),
		),
		registeredRedirectUri: v.optional(
			listOf(
				v.pipe(
					v.string("must be text"),
					v.check(isAbsoluteUri, "must be an absolute URI, with its scheme, such as https://app.example.com/callback"),
				),
			),
		),
		scope: v.optional(listOf(nonEmptyText)),
		roleDivisions: v.optional(
			listOf(
				v.strictObject(
					{ roleId: nonEmptyText, divisionId: v.optional(nonEmptyText) },
					"must be an object with roleId and, if wanted, divisionId",
				),
			),
		),
		roleIds: v.optional(listOf(nonEmptyText)),
		state: v.optional(
			v.picklist(["active", "inactive"], "must be active or inactive; only Genesys Cloud's support sets disabled"),
		),
		dateToDelete: v.optional(
			v.pipe(
				v.string("must be text"),
				v.isoTimestamp("must be ISO 8601 with time and zone, such as 2027-01-31T00:00:00Z"),
			),
		),
		replaceOnGrantTypeChange: v.optional(v.boolean("must be true or false")),
	} satisfies Record<keyof OAuthClientInputs, v.GenericSchema>,
	"must be an object",
);

const knownNames = Object.keys(schema.entries);
const plain = (name: string) => name.replaceAll(/[^a-z]/gi, "").toLowerCase();

function nearest(wanted: string, candidates: readonly string[]): string | undefined {
	const ranked = candidates
		.map((candidate) => ({ candidate, distance: leven(plain(wanted), plain(candidate)) }))
		.toSorted((a, b) => a.distance - b.distance);
	const best = ranked[0];
	return best !== undefined && best.distance <= Math.max(2, wanted.length / 3) ? best.candidate : undefined;
}

function grantTypeReason(input: unknown): string {
	const guess = typeof input === "string" ? nearest(input, grantTypes) : undefined;
	return `must be one of ${grantTypes.join(", ")}${guess === undefined ? "" : `; did you mean ${guess}?`}`;
}

function unknownPropertyReason(name: string): string {
	const guess = nearest(name, knownNames);
	return guess === undefined
		? `is not an argument of OAuthClient; it has ${knownNames.join(", ")}`
		: `is not an argument of OAuthClient; did you mean ${guess}?`;
}

const hasEntries = (value: unknown) => value !== undefined && !(Array.isArray(value) && value.length === 0);

/** The vendor's rules that tie one field to another; what can't be known yet breaks none. */
function brokenRules(inputs: Settings): CheckFailure[] {
	const failures: CheckFailure[] = [];
	const fail = (property: string, reason: string) => failures.push({ property, reason });
	const grant = inputs["authorizedGrantType"];
	if (grant === "CLIENT-CREDENTIALS") {
		if (!hasEntries(inputs["roleDivisions"]) && !hasEntries(inputs["roleIds"])) {
			fail("roleDivisions", "CLIENT-CREDENTIALS needs at least one role: a service can do only what its roles allow");
		}
		if (hasEntries(inputs["roleDivisions"]) && hasEntries(inputs["roleIds"])) {
			fail("roleIds", "give roleDivisions or the older roleIds, not both");
		}
		if (hasEntries(inputs["scope"])) {
			fail("scope", "scopes have no effect on CLIENT-CREDENTIALS: its roles decide what it may do; remove scope");
		}
	} else if (typeof grant === "string" && (grantTypes as readonly string[]).includes(grant)) {
		if (!hasEntries(inputs["scope"])) fail("scope", `${grant} needs at least one scope, such as users:readonly`);
		if ((grant === "CODE" || grant === "TOKEN") && !hasEntries(inputs["registeredRedirectUri"])) {
			fail("registeredRedirectUri", `${grant} needs at least one redirect URI, where users come back to after login`);
		}
		for (const name of ["roleDivisions", "roleIds"]) {
			if (hasEntries(inputs[name]))
				fail(name, `roles apply to CLIENT-CREDENTIALS only: the API drops them for ${grant}; remove ${name}`);
		}
	}
	const seconds = inputs["accessTokenValiditySeconds"];
	const scope = inputs["scope"];
	// Which client is a SCIM integration only its roles tell, and those only the API knows by name.
	const mayBeScim =
		grant === "CLIENT-CREDENTIALS" ||
		grant === unknownValue ||
		scope === unknownValue ||
		(Array.isArray(scope) && (scope.includes("scim") || scope.includes(unknownValue)));
	if (typeof seconds === "number" && seconds > longestToken && seconds <= longestScimToken && !mayBeScim) {
		fail(
			"accessTokenValiditySeconds",
			`must be at most ${longestToken} seconds (48 hours): only SCIM integrations may have more`,
		);
	}
	return failures;
}

/** Whether the value at a path, or one on the way to it, isn't known yet. */
function isUnknownAt(inputs: unknown, path: readonly unknown[]): boolean {
	let value = inputs;
	for (const key of path) {
		if (value === unknownValue) return true;
		value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key as string] : undefined;
	}
	return value === unknownValue;
}

const pathText = (path: readonly unknown[]) =>
	path.map((key, index) => (typeof key === "number" ? `[${key}]` : `${index === 0 ? "" : "."}${String(key)}`)).join("");

/** Drops what isn't there: an absent setting and an undefined or null one are the same. */
function withoutAbsent(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutAbsent);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([, item]) => item !== undefined && item !== null)
			.map(([key, item]) => [key, withoutAbsent(item)]),
	);
}

/**
 * Checks what a program declares: all failures at once, without a call to the API. Values that aren't known yet pass.
 *
 * @returns the inputs in canonical form (sets sorted, nothing absent), and what is wrong with them
 */
export function check(news: Settings): { inputs: Settings; failures: CheckFailure[] } {
	const { __provider: _, ...given } = news;
	const inputs = withoutAbsent(given) as Settings;
	const result = v.safeParse(schema, inputs);
	const failures: CheckFailure[] = (result.issues ?? [])
		.map((issue) => ({ issue, path: (issue.path ?? []).map((item) => item.key) }))
		.filter(({ path }) => !isUnknownAt(inputs, path))
		.map(({ issue, path }) => ({ property: pathText(path), reason: reasonOf(issue, path) }));
	for (const broken of brokenRules(inputs)) {
		if (!failures.some(({ property }) => property === broken.property)) failures.push(broken);
	}
	for (const [name, value] of Object.entries(inputs)) {
		if (Array.isArray(value)) inputs[name] = canonicalSet(value);
	}
	return { inputs, failures };
}

function reasonOf(issue: v.BaseIssue<unknown>, path: readonly unknown[]): string {
	const key = String(path.at(-1));
	if (issue.type !== "strict_object") return issue.message;
	if (issue.expected === "never") {
		return path.length === 1 ? unknownPropertyReason(key) : "is not known here; a role has roleId and divisionId";
	}
	// Valibot reports a missing key as an issue of the object that lacks it.
	return path.length > 0 && issue.input === undefined ? "is required" : issue.message;
}
