import { expect, test } from "vitest";
import { addByHand, service } from "./support/clients";
import { eachStack } from "./support/each-stack";
import type { StateResource } from "./support/state-file";

const startStack = eachStack();

/** What the program gives as plain values, and is a secret. */
const plainly = { password: "plain-password", allowedIpAddresses: ["203.0.113.9"] };

/** Declares each resource, and a transform of each kind that returns options of its own. */
const program = (args: object, adopt: object) => `const pulumi = require("@pulumi/pulumi");
const { IntegrationCredential, OAuthClient, RotatingOAuthClient } = require("pulumi-genesyscloud-oauth");
const own = ({ props, opts: { parent, provider } }) => ({ props, opts: { parent, provider, additionalSecretOutputs: ["state"] } });
const named = (...names) => (args) => (names.includes(args.name) ? own(args) : undefined);
pulumi.runtime.registerResourceTransform(named("registered", "adopted", "pair", "credential", "plain"));
pulumi.runtime.registerStackTransform(named("stack"));
pulumi.runtime.registerStackTransformation(named("stack-transformation"));
pulumi.runtime.registerStackTransformation(({ name, props, opts }) =>
	name === "unwrapped" ? { props: { ...props, clientSecret: null, unmanagedSettings: null }, opts } : undefined);
const args = ${JSON.stringify(args)};
const client = (name, opts, secrets) => {
	const { clientId, clientSecret, unmanagedSettings } = new OAuthClient(name, { ...args, name, ...secrets }, opts);
	pulumi.all([clientSecret, unmanagedSettings]).apply(([secret]) => console.log(name + ": " + (secret ? "a secret" : "none")));
	return { id: clientId, secret: clientSecret };
};
exports.registered = client("registered", undefined, { additionalSettings: { allowedIpAddresses: ${JSON.stringify(plainly.allowedIpAddresses)} } });
exports.adopted = client("adopted", undefined, { adopt: ${JSON.stringify(adopt)} });
exports.stack = client("stack", undefined, { roleDivisions: pulumi.secret(args.roleDivisions) });
exports.stackTransformation = client("stack-transformation");
exports.unwrapped = client("unwrapped");
exports.transforms = client("transforms", { transforms: [own] });
exports.transformations = client("transformations", { transformations: [own] });
const pair = new RotatingOAuthClient("pair", { ...args, name: "Pair", rotation: pulumi.secret({ periodDays: 30 }) });
exports.pair = { id: pair.current.clientId, secret: pair.current.clientSecret };
new IntegrationCredential("credential", { name: "Credential", client: pair.current });
new IntegrationCredential("plain", { name: "Plain", type: "basicAuth", fields: { userName: "u", password: ${JSON.stringify(plainly.password)} } });
OAuthClient.get("read", exports.stack.id, { transforms: [own] });
`;

/** Each output that must be a secret, with whether it is encrypted in state. */
const encrypted = (resources: StateResource[]) =>
	Object.fromEntries(
		resources.flatMap(({ urn, outputs = {} }) =>
			["clientSecret", "previousClientSecret", "clientStates", "unmanagedSettings", "fieldFingerprints", "rotatesAt"]
				.concat(urn.endsWith("::stack") ? ["roleDivisions", "roleIds"] : [])
				.filter((name) => name in outputs)
				.map((name) => [
					`${urn.split("::").at(-1)} ${name}`,
					Object.keys(Object(outputs[name])).includes("ciphertext"),
				]),
		),
	);

const ofClient = (name: string) => [
	[`${name} clientSecret`, true],
	[`${name} unmanagedSettings`, true],
];
const clients = [
	"adopted",
	"registered",
	"stack",
	"stack-transformation",
	"transformations",
	"transforms",
	"unwrapped",
];
const allEncrypted = Object.fromEntries([
	...[...clients, "read"].flatMap(ofClient),
	...["clientSecret", "previousClientSecret", "clientStates", "rotatesAt"].map((name) => [`pair ${name}`, true]),
	["stack roleDivisions", true],
	["stack roleIds", true],
	["credential fieldFingerprints", true],
	["plain fieldFingerprints", true],
]);

test("secrets are secrets in state and for the program, whatever options a transform returns", async () => {
	const stack = await startStack({ seed: { extraProperties: ["allowedIpAddresses"] } });
	for (const text of [plainly.password, ...plainly.allowedIpAddresses]) stack.leaks.noteText(text);
	const { client, secret: clientSecret } = addByHand(stack);
	const adopt = { clientId: client.id, clientSecret };
	stack.write("index.js", program(service().args, adopt));
	// What isn't known yet isn't known to be empty.
	expect((await stack.run("preview")).output).not.toMatch(/: (none|a secret)/);
	const { output } = await stack.run("up");
	expect(output).toContain("stack: a secret");
	expect(encrypted(await stack.state())).toEqual(allEncrypted);
	const outputs = await stack.outputs();
	for (const { id, secret } of Object.values(outputs)) expect(await stack.canLogIn(id, secret)).toBe(true);

	const extra = { allowedIpAddresses: ["198.51.100.7"] };
	for (const { id } of stack.simulator.organization.clients())
		stack.simulator.organization.changeClient(id, { extra, description: "by hand" });
	await stack.run("refresh");
	expect(encrypted(await stack.state())).toEqual(allEncrypted);
	expect(JSON.stringify(await stack.state())).not.toContain(extra.allowedIpAddresses[0]);

	stack.write("index.js", program(service({ description: "Changed" }).args, adopt));
	const preview = await stack.run("preview", "--diff");
	expect(preview.output).toContain('~ description        : "by hand" => "Changed"');
	expect(preview.output).not.toMatch(
		/[~+-] (clientSecret|previousClientSecret|unmanagedSettings|fieldFingerprints) *: .*unknown/,
	);
	await stack.run("up");
	expect(encrypted(await stack.state())).toEqual(allEncrypted);
	expect(await stack.outputs()).toEqual(outputs);
});
