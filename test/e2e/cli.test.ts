import { join } from "node:path";
import { expect, test } from "vitest";
import type { DoctorJson } from "../../cli/doctor/run";
import { type CommandOutcome, runCommand } from "../cli/support/command";
import { service } from "./support/clients";
import { eachStack } from "./support/each-stack";
import type { TestStack } from "./support/test-stack";

const startStack = eachStack();

/** Puts the connection into the stack's configuration, as a team does that has no variables. */
async function configure(stack: TestStack, namespace = "genesyscloud"): Promise<void> {
	const { environment } = stack;
	const settings = {
		oauthClientId: environment["GENESYSCLOUD_OAUTHCLIENT_ID"]!,
		gatewayProtocol: "http",
		gatewayHost: environment["GENESYSCLOUD_GATEWAY_HOST"]!,
		gatewayPort: environment["GENESYSCLOUD_GATEWAY_PORT"]!,
	};
	const secret = `${namespace}:oauthClientSecret=${environment["GENESYSCLOUD_OAUTHCLIENT_SECRET"]}`;
	const plain = Object.entries(settings).flatMap(([name, value]) => ["--plaintext", `${namespace}:${name}=${value}`]);
	await stack.pulumi("config", "set-all", ...plain, "--secret", secret);
}

/** Runs the command in the project's directory, with Pulumi's variables and none of Genesys Cloud's. */
async function runBeside(
	stack: TestStack,
	args: string[],
	change: Record<string, string> = {},
): Promise<CommandOutcome> {
	const own = Object.entries(stack.environment).filter(([name]) => /^(PATH|HOME|PULUMI_\w+)$/.test(name));
	const variables = { ...(Object.fromEntries(own) as Record<string, string>), ...change };
	stack.leaks.note(stack.simulator);
	const outcome = await runCommand(args, { variables, directory: stack.project });
	stack.leaks.note(stack.simulator);
	expect(stack.leaks.find({ ...outcome, code: "" })).toEqual([]);
	return outcome;
}

test("doctor --stack finds the connection in the stack's configuration, and the Pulumi CLI on PATH", async () => {
	const stack = await startStack({ passphrase: true });
	await configure(stack);
	const { code, stdout } = await runBeside(stack, ["doctor", "--stack", "test", "--json"]);
	const { checks, verdict } = JSON.parse(stdout) as DoctorJson;
	expect(checks.find(({ id }) => id === "credentials")?.found).toContain(
		"the stack configuration genesyscloud:oauthClientId and the stack configuration genesyscloud:oauthClientSecret",
	);
	expect(checks.find(({ id }) => id === "pulumi-cli")).toMatchObject({
		verdict: "fine",
		found: expect.stringMatching(/^3\.\d+\.\d+/),
	});
	expect(verdict).toBe("fine");
	expect(code).toBe(0);
	// Without --stack nobody looks there.
	expect((await runBeside(stack, ["doctor"])).code).toBe(3);
});

test("export --stack works from the stack's configuration alone, also from that of the plugin, and leaves out what the stack manages", async () => {
	const stack = await startStack({ passphrase: true });
	stack.simulator.organization.addClient({ ...service().args, name: "By hand" });
	stack.declare({ ours: service({ name: "Ours" }) });
	await stack.run("up");
	await configure(stack, "genesyscloud-oauth");
	const file = join(stack.directory, "state.json");
	await stack.pulumi("stack", "export", "--file", file);
	const args = [
		"export",
		"--stack",
		"test",
		"--exclude-stack",
		file,
		"--output",
		join(stack.directory, "out"),
		"--json",
	];
	const { code, stdout } = await runBeside(stack, args);
	expect(code).toBe(0);
	expect(JSON.parse(stdout)).toMatchObject({
		clients: [{ name: "By hand" }],
		leftOut: [{ code: "own" }, { code: "managed", reason: "the stack test/test manages it" }],
	});
});

test("a stack that can't be read is told in one line, without what Pulumi said", async () => {
	const stack = await startStack({ passphrase: true });
	await configure(stack);
	for (const [name, change] of [
		["nobody", {}],
		["test", { PULUMI_CONFIG_PASSPHRASE: "not the passphrase" }],
	] as const) {
		const { code, stderr } = await runBeside(stack, ["export", "--quiet", "--stack", name], change);
		expect(code).toBe(1);
		expect(stderr).toMatch(
			new RegExp(
				`^genesyscloud-oauth: pulumi config --stack ${name} failed \\(exit code \\d+\\): run it yourself .*\\n$`,
			),
		);
	}
});
