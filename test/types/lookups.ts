import type * as pulumi from "@pulumi/pulumi";
import { expectTypeOf } from "vitest";
import {
	type AuthorizationDivisionResult,
	type AuthorizationRoleResult,
	getAuthorizationDivision,
	getAuthorizationDivisionOutput,
	getAuthorizationDivisionsOutput,
	getAuthorizationRole,
	getAuthorizationRoleOutput,
	getAuthorizationRolesOutput,
	getOAuthClient,
	getOAuthClientOutput,
	type GetOAuthClientsResult,
	getOAuthClientsOutput,
	getOAuthClientUsage,
	getOAuthClientUsageOutput,
	getOAuthScopeOutput,
	type OAuthClientResult,
	type OAuthClientArgs,
	type OAuthScopeResult,
} from "../../provider";
import type { OAuthApi } from "../../provider/api";

declare const text: pulumi.Output<string>;
declare const days: pulumi.Output<number>;
declare const api: OAuthApi;

/** Not run: `npm run check` compiles it. */
export async function program(): Promise<void> {
	expectTypeOf(getOAuthClient({ id: "i" })).resolves.toEqualTypeOf<OAuthClientResult>();
	expectTypeOf(getOAuthClientOutput({ name: text })).toEqualTypeOf<pulumi.Output<OAuthClientResult>>();
	expectTypeOf(getOAuthClientOutput({ id: text }).name).toEqualTypeOf<pulumi.Output<string>>();
	expectTypeOf<OAuthClientResult>().not.toHaveProperty("secret");
	// @ts-expect-error id or name
	await getOAuthClient({});
	// @ts-expect-error not both
	await getOAuthClient({ id: "i", name: "n" });
	// @ts-expect-error an output is for getOAuthClientOutput
	await getOAuthClient({ id: text });

	expectTypeOf(getOAuthClientsOutput()).toEqualTypeOf<pulumi.Output<GetOAuthClientsResult>>();
	getOAuthClientsOutput({ namePattern: text, olderThanDays: days, authorizedGrantType: "CODE" });
	expectTypeOf(getOAuthScopeOutput({ id: text })).toEqualTypeOf<pulumi.Output<OAuthScopeResult>>();

	const summary = await getOAuthClientUsage({ clientId: "i" });
	expectTypeOf(summary.totals.requests).toEqualTypeOf<number>();
	expectTypeOf(summary.totals.status429).toEqualTypeOf<number>();
	const asked = await getOAuthClientUsage({ clientId: "i", interval: "a/b", metrics: ["Requests"] });
	expectTypeOf(asked.totals).toEqualTypeOf<{ requests: number }>();
	expectTypeOf(getOAuthClientUsageOutput({ clientId: text, days }).totals.requests).toEqualTypeOf<
		pulumi.Output<number>
	>();
	getOAuthClientUsageOutput({ clientId: text, interval: text, metrics: ["Requests"], granularity: "Day" });
	// @ts-expect-error days or interval
	await getOAuthClientUsage({ clientId: "i", days: 1, interval: "a/b" });
	// @ts-expect-error metrics are for an interval
	await getOAuthClientUsage({ clientId: "i", metrics: ["Requests"] });
	// @ts-expect-error no such metric
	await getOAuthClientUsage({ clientId: "i", interval: "a/b", metrics: ["Status201"] });

	expectTypeOf(getAuthorizationRole({ name: "n" })).resolves.toEqualTypeOf<AuthorizationRoleResult>();
	const role = getAuthorizationRoleOutput({ name: text });
	expectTypeOf(role).toEqualTypeOf<pulumi.Output<AuthorizationRoleResult>>();
	expectTypeOf(getAuthorizationRoleOutput({ defaultRoleId: text }).id).toEqualTypeOf<pulumi.Output<string>>();
	expectTypeOf(getAuthorizationRolesOutput({ namePattern: text }).roles[0]!.id).toEqualTypeOf<pulumi.Output<string>>();
	// @ts-expect-error name or defaultRoleId
	await getAuthorizationRole({});
	// @ts-expect-error not both
	await getAuthorizationRole({ name: "n", defaultRoleId: "d" });
	// @ts-expect-error an output is for getAuthorizationRoleOutput
	await getAuthorizationRole({ name: text });

	expectTypeOf(getAuthorizationDivision({ homeDivision: true })).resolves.toEqualTypeOf<AuthorizationDivisionResult>();
	const division = getAuthorizationDivisionOutput({ name: text });
	expectTypeOf(division.homeDivision).toEqualTypeOf<pulumi.Output<boolean>>();
	getAuthorizationDivisionsOutput({ namePattern: text });
	// @ts-expect-error name, or the home division
	await getAuthorizationDivision({});
	// @ts-expect-error every division but one isn't the home division
	await getAuthorizationDivision({ homeDivision: false });
	expectTypeOf({
		name: "n",
		authorizedGrantType: "CLIENT-CREDENTIALS" as const,
		roleDivisions: [{ roleId: role.id, divisionId: division.id }],
	}).toExtend<OAuthClientArgs>();

	// A client goes back as it was read.
	await api.putOauthClient("i", { ...(await api.getOauthClient("i")), name: "n" });
}
