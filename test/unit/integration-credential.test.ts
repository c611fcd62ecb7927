import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import {
	type CredentialClient,
	IntegrationCredential,
	type IntegrationCredentialArgs,
	OAuthClient,
	RotatingOAuthClient,
} from "../../provider";
import { check } from "../../provider/lifecycle/integration-credential/check";
import type { Properties } from "../../provider/lifecycle/properties";

/** What the class sends to Pulumi's engine, for which Pulumi's own stand-in is here. */
async function inputsOf(argsOf: () => IntegrationCredentialArgs): Promise<Properties> {
	const sent = Promise.withResolvers<Properties>();
	const newResource = ({ type, inputs }: pulumi.runtime.MockResourceArgs) => {
		if (type === IntegrationCredential.__pulumiType) sent.resolve(inputs as Properties);
		return { id: "", state: { ...(inputs as Properties), clientId: "c", clientSecret: "s" } };
	};
	await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, "infra", "dev", true);
	expect(new IntegrationCredential("crm", argsOf())).toBeInstanceOf(IntegrationCredential);
	return sent.promise;
}

test.each([
	[{ inUseWithinDays: 7 }, []],
	[
		{ inUseWithinDay: 7 },
		[
			"inUseWithinDays is required",
			"inUseWithinDay is not a property of clientDeletionGuard; did you mean inUseWithinDays?",
		],
	],
	[7, ["inUseWithinDays is required"]],
])("the deletion guard %j of a client that the program describes itself is checked", async (deletionGuard, told) => {
	const client = { clientId: "c", clientSecret: "s", deletionGuard } as CredentialClient;
	const inputs = await inputsOf(() => ({ name: "CRM", client }));
	const failures = check(inputs).failures.filter(({ property }) => property.startsWith("clientDeletionGuard"));
	expect(failures.map(({ property, reason }) => `${property.replace("clientDeletionGuard.", "")} ${reason}`)).toEqual(
		told,
	);
});

const named = (place: string) => ({ region: `${place}_REGION`, accessToken: `${place}_TOKEN` });
const shared = { deletionGuard: { inUseWithinDays: 7 }, connection: named("STAGING") };
const service = { name: "CRM", authorizedGrantType: "CLIENT-CREDENTIALS", ...shared } as const;

test.each<[string, () => CredentialClient]>([
	["an OAuthClient", () => new OAuthClient("client", service)],
	["a pair", () => new RotatingOAuthClient("pair", { ...service, rotation: { periodDays: 30 } }).current],
	["a client that the program describes", () => ({ clientId: "c", clientSecret: "s", ...shared })],
])(
	"a credential has the guard of %s in it, and its organization, unless it has a connection of its own",
	async (_, clientOf) => {
		const inherited = await inputsOf(() => ({ name: "CRM", client: clientOf() }));
		expect(inherited["connection"]).toEqual(named("STAGING"));
		expect(inherited["clientDeletionGuard"]).toEqual({ clientId: "c", inUseWithinDays: 7 });
		const own = await inputsOf(() => ({ name: "CRM", client: clientOf(), connection: named("OTHER") }));
		expect(own["connection"]).toEqual(named("OTHER"));
	},
);
