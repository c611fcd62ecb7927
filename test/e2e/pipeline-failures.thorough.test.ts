import { expect, test } from "vitest";
import { DIVISION_IDS, ROLE_IDS } from "../../simulator";
import { isWindows } from "../platform";
import { finishWhatIsUnderWay } from "./support/pipeline-signals";
import { eachPipeline } from "./support/pipeline-run";

const start = eachPipeline();

const bare = "--no-policy-pack";
const service = {
	name: "CRM sync",
	authorizedGrantType: "CLIENT-CREDENTIALS",
	roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }],
};

test("a credential of the environment that somebody wrote into a description is shown nowhere", async () => {
	const passwords = ["correct-horse-battery", "c0rrect|h<rse&b@ttery"];
	const description = `call it with ${passwords.join(" or ")}`;
	const { checkout } = await start({ "crm-sync": { ...service, description } });
	const variables = { VAULT_TOKEN: passwords[0]!, DATABASE_PASSWORD: passwords[1]! };
	await checkout.run(["up", bare], variables);
	checkout.declare({ "crm-sync": service });
	const files = ["out/comment.md", "out/results.json"];
	const { lines } = await checkout.run(["preview", bare, "--markdown", files[0]!, "--json", files[1]!], variables);
	for (const text of [lines.join("\n"), ...files.map((file) => checkout.read(file))]) {
		expect(text).toMatch(/call it with (\[|&#91;)secret(\]|&#93;) or \1secret\2/);
		expect(text).not.toMatch(/horse|rse.*ttery/);
	}
});

test("on a machine of one's own the state is kept beside the program", async () => {
	const { checkout } = await start({ "crm-sync": service });
	const backend = { PULUMI_BACKEND_URL: "", CI: "" };
	expect((await checkout.run(["up", bare], backend)).lines.at(-1)).toBe("test: changed (create 1)");
	expect((await checkout.run(["preview", bare], backend)).lines).toEqual(["test: unchanged (same 1)"]);
	expect(checkout.read("state/.pulumi/stacks/oauth-clients/test.json")).toContain("clientSecret");
});

test("a client that is renamed in the file stays the same client when the file says so", async () => {
	const { stack, checkout } = await start({ "crm-sync": service });
	await checkout.run(["up", bare]);
	const [before] = stack.simulator.organization.clients();
	checkout.declare({ "crm-nightly": { ...service, options: { renamedFrom: "crm-sync" } } });
	const { code, calls, lines } = await checkout.run(["up", bare]);
	expect({ code, calls, lines }).toEqual({ code: 0, calls: [], lines: ["test: unchanged (same 1)"] });
	expect(stack.simulator.organization.clients()).toEqual([before]);
});

test("a wrong passphrase and a database that isn't there are told in one line each", async () => {
	const { checkout } = await start({ "crm-sync": service });
	await checkout.run(["up", bare]);
	const wrong = await checkout.run(["preview", bare], { PULUMI_CONFIG_PASSPHRASE: "another passphrase" });
	expect(wrong.code).toBe(1);
	expect(wrong.lines).toEqual([expect.stringMatching(/^error: .*incorrect passphrase/), "test: failed"]);
	const backend = { PULUMI_BACKEND_URL: "postgres://pulumi:hunter2hunter2@127.0.0.1:1/state" };
	const database = await checkout.run(["preview", bare], backend);
	expect(database.code).toBe(1);
	expect(database.lines).toEqual([expect.stringMatching(/^error: .*PostgreSQL.*127\.0\.0\.1:1/), "test: failed"]);
	expect(database.lines[0]).not.toContain("hunter2");
});

test("what a mandatory policy refuses is in the comment, and isn't made", async () => {
	const implicit = {
		name: "Old page",
		authorizedGrantType: "TOKEN",
		scope: ["users:readonly"],
		registeredRedirectUri: ["https://page.example.com/"],
	};
	const { stack, checkout } = await start({ page: implicit });
	const preview = await checkout.run(["preview", "--markdown", "out/comment.md", "--json", "out/results.json"]);
	expect(preview).toMatchObject({ code: 5, calls: [] });
	const { outcome, policy, errors } = JSON.parse(checkout.read("out/results.json")) as {
		outcome: string;
		policy: { level: string; policy: string; resource: string; message: string }[];
		errors: string[];
	};
	expect({ outcome, errors }).toEqual({ outcome: "refused", errors: [] });
	const grant = policy.find((finding) => finding.policy === "no-implicit-grant");
	expect(grant).toMatchObject({ level: "mandatory", resource: "page", pack: "genesyscloud-oauth" });
	const comment = checkout.read("out/comment.md");
	expect(comment).toContain("A mandatory policy refuses this. Without it: 1 to create.");
	expect(comment).toContain("**Policy**\n\n- **mandatory** <code>no-implicit-grant</code> on <code>page</code>: ");
	expect(await checkout.run(["up"])).toMatchObject({ code: 5 });
	expect(stack.simulator.organization.clients()).toEqual([]);
});

test("a role that the organization doesn't have fails the preview in one line", async () => {
	const { checkout } = await start({ "crm-sync": { ...service, roleDivisions: [{ roleName: "employees" }] } });
	const { code, lines } = await checkout.run(["preview", bare]);
	expect({ code, lines }).toEqual({
		code: 1,
		lines: [
			'error: looking up role "employees": none of the 4 roles has exactly this name; did you mean "employee"?',
			"test: failed",
		],
	});
});

test.skipIf(isWindows)(
	"SIGINT lets what is under way come to its end: the client is in the state, and the stack is free",
	async () => {
		const next = await finishWhatIsUnderWay(await start({ "crm-sync": service }), "SIGINT");
		expect(next).toMatchObject({ code: 0, calls: [] });
	},
);
