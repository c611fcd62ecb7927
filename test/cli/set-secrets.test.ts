import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { SetSecretsJson } from "../../cli/set-secrets/run";
import { isWindows } from "../platform";
import { runInProcess } from "./support/in-process";
import { runCommand, startOrganization, temporaryDirectory } from "./support/command";
import { addTerraformOrganization } from "./support/terraform-organization";
import { stateFileOf } from "./support/terraform-state";

/** A directory with a `pulumi` that writes down what it gets, then ends as a line of its program says. */
function recordingPulumi(end = "process.exit(0)"): {
	directory: string;
	calls: () => { args: string[]; input: string }[];
} {
	const directory = temporaryDirectory();
	const [file, record] = [join(directory, "pulumi"), join(directory, "calls.jsonl")];
	writeFileSync(record, "");
	writeFileSync(
		file,
		`#!${process.execPath}
const { appendFileSync, readFileSync } = require("node:fs");
appendFileSync(${JSON.stringify(record)}, JSON.stringify({ args: process.argv.slice(2), input: readFileSync(0, "utf8") }) + "\\n");
console.error("a message that quotes the value");
${end};
`,
	);
	chmodSync(file, 0o755);
	const calls = () =>
		readFileSync(record, "utf8")
			.split("\n")
			.filter((line) => line !== "")
			.map((line) => JSON.parse(line) as { args: string[]; input: string });
	return { directory, calls };
}

const to = (key: string) => ["config", "set", "--secret", "--stack", "prod", key];

async function setSecrets(directory: string, args: string[] = [], run: typeof runCommand = runInProcess) {
	const simulator = await startOrganization();
	const made = addTerraformOrganization(simulator);
	const file = join(directory, "terraform.tfstate");
	writeFileSync(file, stateFileOf(made.entries));
	const outcome = await run(["set-secrets", "--terraform-state", file, "--stack", "prod", ...args], {
		variables: { PATH: directory },
	});
	return { ...made, ...outcome, calls: simulator.requests.count() };
}

test.skipIf(isWindows)(
	"each secret of the state goes to Pulumi through a pipe, and none is an argument or shown",
	async () => {
		const { directory, calls } = recordingPulumi();
		const { code, stdout, stderr, secret, password, calls: apiCalls } = await setSecrets(directory, ["--json"]);
		expect(code).toBe(0);
		expect(calls()).toEqual([
			{ args: to("crmSyncClientSecret"), input: `${secret}\n` },
			{ args: to("ticketsCredentialUserName"), input: "genesys\n" },
			{ args: to("ticketsCredentialPassword"), input: `${password}\n` },
		]);
		expect(JSON.parse(stdout)).toEqual({
			stack: "prod",
			set: ["crmSyncClientSecret", "ticketsCredentialUserName", "ticketsCredentialPassword"],
			missing: ["moduleNightJobsEuCredentialClientSecret"],
		} satisfies SetSecretsJson);
		expect(stdout + stderr).not.toContain(secret);
		expect(stdout + stderr).not.toContain(password);
		expect(apiCalls).toBe(0);
	},
);

test.skipIf(isWindows)("as text it says what was set, and what is to be set by hand", async () => {
	const { stdout } = await setSecrets(recordingPulumi().directory);
	expect(stdout).toBe(`crmSyncClientSecret: set
ticketsCredentialUserName: set
ticketsCredentialPassword: set
moduleNightJobsEuCredentialClientSecret: not in Terraform's state; set it with pulumi config set --secret moduleNightJobsEuCredentialClientSecret --stack prod
`);
});

// In a process of its own: what Pulumi writes where the command does shows nowhere else.
test.skipIf(isWindows).each([
	["process.exit(255)", "exit code 255"],
	['process.kill(process.pid, "SIGKILL")', "SIGKILL"],
])("a Pulumi that ends with %s is one line, without what Pulumi said, and nothing more is set", async (end, ended) => {
	const { directory, calls } = recordingPulumi(end);
	const { code, stdout, stderr } = await setSecrets(directory, [], runCommand);
	expect([code, stdout]).toEqual([1, ""]);
	expect(calls()).toHaveLength(1);
	expect(stderr).toMatch(
		new RegExp(
			`^genesyscloud-oauth: pulumi config set --secret --stack prod crmSyncClientSecret failed \\(${ended}\\): .*\n$`,
		),
	);
	expect(stderr).not.toContain("quotes");
});

test("without a Pulumi CLI one line says so", async () => {
	const { code, stderr } = await setSecrets(temporaryDirectory());
	expect(code).toBe(1);
	expect(stderr).toContain("couldn't be run: install the Pulumi CLI");
});

test.each([
	[["--stack", "prod"], "--terraform-state"],
	[["--terraform-state", "-"], "--stack"],
])("%j alone is wrong usage", async (args, missing) => {
	const { code, stderr } = await runInProcess(["set-secrets", ...args]);
	expect(code).toBe(2);
	expect(stderr).toContain(missing);
});
