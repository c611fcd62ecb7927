import { join } from "node:path";
import { service, webApp } from "./clients";
import { repository, type TestStack } from "./test-stack";

/** What makes Pulumi run the package's own pack. */
export const packOption = ["--policy-pack", join(repository, "policy")];

/** A client that no rule finds fault with. */
export const good = (change: Record<string, unknown> = {}) =>
	webApp({
		description: "Shows agents their queues. Owner: app@example.com",
		secretRotation: { maxAgeDays: 30 },
		...change,
	});

/** Writes a configuration of the pack, and returns the options that take pack and configuration. */
export function configured(stack: TestStack, configuration: Record<string, unknown>): string[] {
	stack.write("policy.json", JSON.stringify(configuration));
	return [...packOption, "--policy-pack-config", "policy.json"];
}

/** What Pulumi says of policies, without the colours and what follows. */
export function policiesIn(output: string): string {
	const [, section = ""] = /\nPolicies:\n([\s\S]*?)\n(?=\n|\w)/.exec(output) ?? [];
	return section;
}

/** A stack with a RotatingOAuthClient, and a client that is told its address by a resource of another kind. */
export const mixedProgram = `const pulumi = require("@pulumi/pulumi");
const { OAuthClient, RotatingOAuthClient } = require("pulumi-genesyscloud-oauth");
class Server extends pulumi.dynamic.Resource {
	constructor(name, args) {
		super({ async create(inputs) { return { id: "1", outs: { ...inputs, url: inputs.protocol + "://app.example.com/" } }; } }, name, { url: undefined, ...args });
	}
}
const { protocol, days } = require("./mixed.json");
const server = new Server("server", { protocol, name: "CRM sync (A)", authorizedGrantType: "TOKEN", accessTokenValiditySeconds: 172800 });
new RotatingOAuthClient("crm", {
	name: "CRM sync",
	description: "Owner: crm@example.com",
	authorizedGrantType: "CLIENT-CREDENTIALS",
	roleDivisions: ${JSON.stringify(service().args["roleDivisions"])},
	rotation: { periodDays: days },
});
new OAuthClient("app", { ...${JSON.stringify(good().args)}, registeredRedirectUri: [server.url] });
`;
