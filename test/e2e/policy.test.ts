import { join } from "node:path";
import { expect, test } from "vitest";
import { filesBelow } from "./support/leaks";
import { service, webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";
import { repository, type TestStack } from "./support/test-stack";

const startStack = eachStack();
const packOption = ["--policy-pack", join(repository, "policy")];

/** A client that no rule finds fault with. */
const good = (change: Record<string, unknown> = {}) =>
	webApp({
		description: "Shows agents their queues. Owner: app@example.com",
		secretRotation: { maxAgeDays: 30 },
		...change,
	});

/** Writes a configuration of the pack, and returns the options that take pack and configuration. */
function configured(stack: TestStack, configuration: Record<string, unknown>): string[] {
	stack.write("policy.json", JSON.stringify(configuration));
	return [...packOption, "--policy-pack-config", "policy.json"];
}

/** What Pulumi says of policies, without the colours and what follows. */
function policiesIn(output: string): string {
	const [, section = ""] = /\nPolicies:\n([\s\S]*?)\n(?=\n|\w)/.exec(output) ?? [];
	return section;
}

test("a client that keeps to every rule passes, and the pack says nothing but its name", async () => {
	const stack = await startStack();
	stack.declare({ app: good() });
	const passed = `    ✅ genesyscloud-oauth@v0.1.0 (local: ${join(repository, "policy")})`;
	expect(policiesIn((await stack.run("preview", ...packOption)).output)).toBe(passed);
	expect(policiesIn((await stack.run("up", ...packOption)).output)).toBe(passed);
	expect(stack.simulator.organization.clientsByName("Web app")).toHaveLength(1);
});

test("a mandatory violation fails the preview, and the update before anything is made", async () => {
	const stack = await startStack();
	stack.declare({ app: good({ authorizedGrantType: "TOKEN", secretRotation: undefined }) });
	const before = stack.simulator.requests.count();
	for (const command of ["preview", "up"] as const) {
		expect(policiesIn(await stack.fails(command, ...packOption)).split("\n")).toEqual([
			`    ❌ genesyscloud-oauth@v0.1.0 (local: ${join(repository, "policy")})`,
			"        - [mandatory]  no-implicit-grant  (pulumi-nodejs:dynamic/genesyscloud:OAuthClient: app)",
			"          No OAuth client uses the implicit grant.",
			"          authorizedGrantType is TOKEN. Tokens then pass through the browser's address bar, where history and scripts can read them, and Genesys Cloud is withdrawing this grant. Use CODE, with PKCE where the application has no server; that makes a new client.",
		]);
	}
	expect(stack.callsSince(before)).toEqual([]);
});

test("an advisory violation is shown and stops nothing", async () => {
	const stack = await startStack();
	stack.declare({ app: good({ scope: ["users"] }) });
	const { output } = await stack.run("up", ...packOption);
	expect(policiesIn(output)).toContain("⚠️ genesyscloud-oauth@v0.1.0");
	expect(policiesIn(output)).toContain("[advisory]  no-broad-scopes");
	expect(policiesIn(output)).toContain("Scopes that allow more than reading: users.");
	expect(stack.simulator.organization.clientsByName("Web app")).toHaveLength(1);
});

test("two clients of one name fail the preview", async () => {
	const stack = await startStack();
	stack.declare({ one: good(), two: good() });
	expect(policiesIn(await stack.fails("preview", ...packOption))).toContain("one has the same name.");
	stack.declare({ one: good(), two: good({ name: "Another" }) });
	await stack.run("preview", ...packOption);
});

test("a remediated client is made as the rule wants it, and its secret arguments stay secret", async () => {
	const stack = await startStack();
	const options = configured(stack, {
		"limit-token-life": { enforcementLevel: "remediate", maxSeconds: 3600 },
		"require-deletion-guard": { enforcementLevel: "remediate", stacks: "test$", inUseWithinDays: 14 },
	});
	stack.write(
		"index.js",
		`const pulumi = require("@pulumi/pulumi");
const { OAuthClient } = require("pulumi-genesyscloud-oauth");
new OAuthClient("app", {
	name: "Web app",
	description: pulumi.secret("marker of app@example.com"),
	authorizedGrantType: "CODE",
	scope: ["users:readonly"],
	registeredRedirectUri: ["https://app.example.com/callback"],
	secretRotation: { maxAgeDays: 30 },
	accessTokenValiditySeconds: 172800,
});
`,
	);
	const { output } = await stack.run("up", ...options);
	expect(policiesIn(output).split("\n").slice(1)).toEqual([
		"        - [remediate]  limit-token-life  (1 resource)",
		"        - [remediate]  require-deletion-guard  (1 resource)",
	]);
	const [client] = stack.simulator.organization.clientsByName("Web app");
	expect(client).toMatchObject({ accessTokenValiditySeconds: 3600, description: "marker of app@example.com" });
	await stack.run("up", "--expect-no-changes", ...options);
	expect((await stack.resource("app"))?.outputs?.["deletionGuard"]).toEqual({ inUseWithinDays: 14 });
	const files = filesBelow(join(stack.directory, "backend"));
	expect(Object.keys(files).filter((file) => files[file]?.includes("marker of"))).toEqual([]);
	expect(output).not.toContain("marker of");
});

test("the configuration sets levels and options, and its mistakes end the run with a line that helps", async () => {
	const stack = await startStack();
	stack.declare({ app: good({ accessTokenValiditySeconds: 172_800, scope: ["users"] }) });
	await stack.fails("preview", ...packOption);
	const lenient = { "limit-token-life": { maxSeconds: 172_800 }, "no-broad-scopes": "disabled" };
	expect(policiesIn((await stack.run("preview", ...configured(stack, lenient))).output)).toContain("✅");
	const strict = { all: "mandatory", "limit-token-life": { except: ["app"] } };
	expect(policiesIn(await stack.fails("preview", ...configured(stack, strict)))).toMatch(
		/\[mandatory\] {2}no-broad-scopes/,
	);

	const misspelt = await stack.fails("preview", ...configured(stack, { "limit-token-life": { maxSecond: 1 } }));
	expect(misspelt).toContain(
		"the configuration gives limit-token-life an option that it doesn't have, maxSecond; did you mean maxSeconds?",
	);
	expect(misspelt).not.toMatch(/^\s+at /m);
	expect(await stack.fails("preview", ...configured(stack, { "limit-token-life": { maxSeconds: "1 h" } }))).toContain(
		"limit-token-life: maxSeconds: Invalid type. Expected: integer, given: string",
	);
});

test("values that the program marks secret are in no message", async () => {
	const stack = await startStack();
	stack.write(
		"index.js",
		`const pulumi = require("@pulumi/pulumi");
const { OAuthClient } = require("pulumi-genesyscloud-oauth");
for (const name of ["one", "two"]) {
	new OAuthClient(name, {
		name: pulumi.secret("marker-name"),
		description: pulumi.secret("marker-description"),
		authorizedGrantType: pulumi.secret("PASSWORD"),
		scope: pulumi.secret(["users"]),
		registeredRedirectUri: pulumi.secret(["http://marker-host.example.com/#marker", "https://10.9.8.7/*"]),
		accessTokenValiditySeconds: pulumi.secret(171234),
		secretRotation: { maxAgeDays: pulumi.secret(2345), rotateWhenChanged: { key: pulumi.secret("marker-value") } },
	});
}
`,
	);
	const output = await stack.fails(
		"preview",
		...configured(stack, { "require-deletion-guard": { stacks: "." } }),
		"--diff",
	);
	for (const rule of [
		"no-password-grant",
		"require-https-redirect-uris",
		"no-wildcard-redirect-uris",
		"no-fragment-redirect-uris",
		"no-ip-redirect-uris",
		"limit-token-life",
		"no-broad-scopes",
		"require-secret-rotation",
		"require-deletion-guard",
		"require-owner",
		"require-unique-names",
	]) {
		expect(output).toContain(`  ${rule}  `);
	}
	expect(output).not.toMatch(/marker|171234|2345|10\.9\.8\.7/);
});

/** A stack with a RotatingOAuthClient, and a client that is told its address by a resource of another kind. */
const mixedProgram = `const pulumi = require("@pulumi/pulumi");
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

test("components and other resources pass, and what isn't known yet is told of and checked by the update", async () => {
	const stack = await startStack();
	stack.write("index.js", mixedProgram);
	stack.write("mixed.json", JSON.stringify({ protocol: "https", days: 45 }));
	expect(
		policiesIn((await stack.run("preview", ...packOption)).output)
			.split("\n")
			.slice(1),
	).toEqual([
		"        - [advisory]  require-https-redirect-uris  (pulumi-nodejs:dynamic/genesyscloud:OAuthClient: app)",
		"          can't run policy 'require-https-redirect-uris' from policy pack 'genesyscloud-oauth@v0.1.0' during preview: registeredRedirectUri isn't known yet; pulumi up looks at it again",
	]);
	expect(policiesIn((await stack.run("up", ...packOption)).output)).toContain("✅");
	expect(policiesIn((await stack.run("preview", ...packOption)).output)).toContain("✅");
	expect(stack.simulator.organization.clients()).toHaveLength(3);

	stack.write("mixed.json", JSON.stringify({ protocol: "https", days: 46 }));
	expect(
		policiesIn((await stack.run("preview", ...packOption)).output)
			.split("\n")
			.slice(1),
	).toEqual([
		"        - [advisory]  require-secret-rotation  (pulumi-nodejs:dynamic/genesyscloud:ClientRotation: crm-rotation)",
		"          Secrets of OAuth clients are renewed as often as required.",
		"          A secret serves for two periods of rotation.periodDays, which is more than 90 days. A secret that leaked unnoticed works until it is renewed. Set rotation.periodDays to 45 or less.",
	]);
});

test("what a preview couldn't know fails the update before the client is made", async () => {
	const stack = await startStack();
	stack.write("index.js", mixedProgram);
	stack.write("mixed.json", JSON.stringify({ protocol: "http", days: 45 }));
	await stack.run("preview", ...packOption);
	expect(policiesIn(await stack.fails("up", ...packOption))).toContain("[mandatory]  require-https-redirect-uris");
	expect(stack.simulator.organization.clientsByName("Web app")).toEqual([]);
});

test("the state of a stack that is there already is judged without a run", async () => {
	const stack = await startStack();
	const { client } = stack.simulator.organization.addClient({
		name: "Theirs",
		authorizedGrantType: "TOKEN",
		scope: ["users"],
	});
	stack.declare({
		app: good({ scope: ["users"] }),
		old: good({ name: "Old", accessTokenValiditySeconds: 172_800 }),
		theirs: { args: {}, opts: { get: client.id } },
	});
	await stack.run("up");
	const before = stack.simulator.requests.count();
	const { code, output } = await stack.pulumi("policy", "analyze", ...packOption);
	expect(code).not.toBe(0);
	expect(policiesIn(output).match(/\[.*\) *$/gm)).toEqual([
		"[mandatory]  limit-token-life  (pulumi-nodejs:dynamic/genesyscloud:OAuthClient: old)",
		"[advisory]  no-broad-scopes  (pulumi-nodejs:dynamic/genesyscloud:OAuthClient: app)",
	]);
	expect(stack.callsSince(before)).toEqual([]);
});
