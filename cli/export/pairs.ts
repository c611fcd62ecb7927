import type { OAuthClient } from "../../provider/api/models";
import { check } from "../../provider/lifecycle/rotating-oauth-client/check";
import { type Letter, nameOf } from "../../provider/lifecycle/rotating-oauth-client/state";
import { type Properties, sameJson } from "../../provider/lifecycle/properties";

/** A client with its declaration. */
export interface DeclaredClient {
	/** The client. */
	client: OAuthClient;
	/** Its arguments. */
	args: Properties;
}

/** Two clients that a `RotatingOAuthClient` can take as they are. */
export interface DeclaredPair {
	/** The clients, (A) first. */
	clients: [OAuthClient, OAuthClient];
	/** The pair's arguments. */
	args: Properties;
}

/**
 * Finds the pairs among clients: two active ones that differ in nothing but the name, which a `RotatingOAuthClient` would have given them, and no third
 * one with one of these names.
 */
export function pairsAmong(declared: readonly DeclaredClient[]): { pairs: DeclaredPair[]; others: DeclaredClient[] } {
	const byName = Map.groupBy(declared, ({ client }) => client.name);
	const only = (name: unknown) => {
		const [one, ...more] = byName.get(String(name)) ?? [];
		return more.length === 0 ? one : undefined;
	};
	const pairs = declared.flatMap((a): DeclaredPair[] => {
		const name = baseOf(a.client.name, "a");
		const b = name === undefined ? undefined : only(nameOf(name, "b"));
		if (b === undefined || only(a.client.name) !== a) return [];
		const [{ adopt: adoptA, name: _a, ...settings }, { adopt: adoptB, name: _b, ...others }] = [a.args, b.args];
		if (!sameJson(settings, others)) return [];
		const { authorizedGrantType, ...more } = settings;
		const args = {
			adopt: { a: adoptA, b: adoptB },
			name,
			authorizedGrantType,
			...more,
			rotation: { rotateWhenChanged: {} },
		};
		// A pair takes no `state`: it would make inactive clients active.
		return check(args).failures.length > 0 ? [] : [{ clients: [a.client, b.client], args }];
	});
	const paired = new Set(pairs.flatMap(({ clients }) => clients));
	return { pairs, others: declared.filter(({ client }) => !paired.has(client)) };
}

/** The name of the pair whose client has a name; undefined if none would give it that. */
function baseOf(name: string, letter: Letter): string | undefined {
	const suffix = String(nameOf("", letter));
	const base = name.endsWith(suffix) ? name.slice(0, -suffix.length) : "";
	return base === "" || base.trim() !== base ? undefined : base;
}
