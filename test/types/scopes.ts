import type * as pulumi from "@pulumi/pulumi";
import { expectTypeOf } from "vitest";
import type { KnownScope, OAuthClientArgs, Scope } from "../../provider";
import type { OAuthClientRequest } from "../../provider/api";

/** Not run: `npm run check` compiles it. */
export const scope: OAuthClientArgs["scope"][] = [
	["users:readonly"],
	["a scope of tomorrow"],
	["users"] as string[],
	["users"] as KnownScope[],
	["users:readonly", {} as pulumi.Output<string>, {} as pulumi.Output<KnownScope>, Promise.resolve("text")],
	{} as pulumi.Output<string[]>,
	Promise.resolve(["users"]),
	undefined,
	// @ts-expect-error a scope is text
	[1],
	// @ts-expect-error scopes are a list
	"users",
];

expectTypeOf<"a scope of tomorrow">().toExtend<Scope>();
expectTypeOf<string>().toExtend<Scope>();
expectTypeOf<Scope>().toExtend<string>();
expectTypeOf<"users:readonly">().toExtend<KnownScope>();
expectTypeOf<"user:readonly">().not.toExtend<KnownScope>();
expectTypeOf<OAuthClientRequest["scope"]>().toEqualTypeOf<Scope[] | undefined>();
