import { join } from "node:path";
import { expect, test } from "vitest";
import { filesBelow } from "./support/leaks";
import { eachStack } from "./support/each-stack";
import { configured, good, mixedProgram, packOption, policiesIn } from "./support/policy-run";
import { repository } from "./support/test-stack";

const startStack = eachStack();

test("two clients of one name fail the preview", async () => {
	const stack = await startStack();
	stack.declare({ one: good(), two: good() });
	expect(policiesIn(await stack.fails("preview", ...packOption))).toContain("one has the same name.");
	stack.declare({ one: good(), two: good({ name: "Another" }) });
	await stack.run("preview", ...packOption);
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
		"the configuration sets an unknown option of limit-token-life, maxSecond; did you mean maxSeconds?",
	);
	expect(misspelt).not.toMatch(/^\s+at /m);
	expect(await stack.fails("preview", ...configured(stack, { "limit-token-life": { maxSeconds: "1 h" } }))).toContain(
		"limit-token-life: maxSeconds: Invalid type. Expected: integer, given: string",
	);
});

test("a pair and other resources pass, and what isn't known yet is told of and checked by the update", async () => {
	const stack = await startStack();
	stack.write("index.js", mixedProgram);
	stack.write("mixed.json", JSON.stringify({ protocol: "https", days: 45 }));
	expect(
		policiesIn((await stack.run("preview", ...packOption)).output)
			.split("\n")
			.slice(1),
	).toEqual([
		"        - [advisory]  require-https-redirect-uris  (pulumi-nodejs:dynamic/genesyscloud:OAuthClient: app)",
		"          can't run policy 'require-https-redirect-uris' from policy pack 'genesyscloud-oauth@v0.1.0' during preview: registeredRedirectUri isn't known yet; pulumi up checks it again",
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
		"        - [advisory]  require-secret-rotation  (pulumi-nodejs:dynamic/genesyscloud:RotatingOAuthClient: crm)",
		"          Secrets of OAuth clients must not get older than allowed.",
		"          A secret stays valid for two periods of rotation.periodDays, which is more than 90 days. A secret that leaked unnoticed works until it is rotated. Set rotation.periodDays to 45 or less.",
	]);
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

test("what a preview couldn't know fails the update before the client is made", async () => {
	const stack = await startStack();
	stack.write("index.js", mixedProgram);
	stack.write("mixed.json", JSON.stringify({ protocol: "http", days: 45 }));
	await stack.run("preview", ...packOption);
	expect(policiesIn(await stack.fails("up", ...packOption))).toContain("[mandatory]  require-https-redirect-uris");
	expect(stack.simulator.organization.clientsByName("Web app")).toEqual([]);
});

test("an advisory violation is shown and stops nothing", async () => {
	const stack = await startStack();
	stack.declare({ app: good({ scope: ["users"] }) });
	const { output } = await stack.run("up", ...packOption);
	expect(policiesIn(output)).toContain("⚠️ genesyscloud-oauth@v0.1.0");
	expect(policiesIn(output)).toContain("[advisory]  no-broad-scopes");
	expect(policiesIn(output)).toContain("Scopes that allow writing: users.");
	expect(stack.simulator.organization.clientsByName("Web app")).toHaveLength(1);
});

test("a client that keeps to every rule passes, and the pack says nothing but its name", async () => {
	const stack = await startStack();
	stack.declare({ app: good() });
	const passed = `    ✅ genesyscloud-oauth@v0.1.0 (local: ${join(repository, "policy")})`;
	expect(policiesIn((await stack.run("preview", ...packOption)).output)).toBe(passed);
	expect(policiesIn((await stack.run("up", ...packOption)).output)).toBe(passed);
	expect(stack.simulator.organization.clientsByName("Web app")).toHaveLength(1);
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
