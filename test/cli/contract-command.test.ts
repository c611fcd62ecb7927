import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import type { ContractReport } from "../../cli/contract/report";
import { commandFile, environmentOf, startOrganization, temporaryDirectory, variablesFor } from "./support/command";
import { runInProcess } from "./support/in-process";
import { startRecorder } from "./support/recorder";

const id = "0a600000-0000-4000-8000-000000000001";
const reportIn = (directory: string) =>
	JSON.parse(readFileSync(join(directory, "contract.json"), "utf8")) as ContractReport;

test("contract runs against a simulator of its own, and writes both reports", async () => {
	const output = join(temporaryDirectory(), "reports");
	const { code, stdout, stderr } = await runInProcess(["contract", "--output", output]);
	expect(code).toBe(0);
	// On a slow machine it says what it tries.
	expect(stderr).toMatch(/^Asking for the organization\n(Trying .+\n)*Tried everything\n$/);
	expect(stdout).toMatch(/^\d+ hold, 0 differ, \d+ couldn't be tried: see .*contract\.md and .*contract\.json\n$/);
	const report = reportIn(output);
	expect(report).toMatchObject({ host: "simulator", stopped: false, leftovers: [], counts: { differs: 0 } });
	const markdown = readFileSync(join(output, "contract.md"), "utf8");
	for (const result of report.results) expect(markdown).toContain(`| ${result.id} |`);
});

test("contract refuses another organization than the one that is named, in one line", async () => {
	const simulator = await startOrganization({ organization: { id } });
	const directory = temporaryDirectory();
	const { code, stdout, stderr } = await runInProcess(
		["contract", "--organization", "other", "--quiet", "--output", directory],
		{
			variables: variablesFor(simulator),
		},
	);
	expect([code, stdout]).toEqual([1, ""]);
	expect(stderr).toMatch(/^genesyscloud-oauth: the contract may change organization other only, .*credentials\n$/);
});

test("contract that is interrupted deletes what it made, says so in its report, and tells no secret", async () => {
	const simulator = await startOrganization({ organization: { id } });
	const { hosts, secrets } = await startRecorder(simulator);
	const output = temporaryDirectory();
	const child = spawn(process.execPath, [commandFile, "contract", "--organization", id, "--output", output], {
		env: environmentOf({ ...variablesFor(simulator), GENESYSCLOUD_GATEWAY_PORT: new URL(hosts.api).port }),
		stdio: ["ignore", "pipe", "pipe"],
	});
	const [stdout, stderr, closed] = [text(child.stdout), text(child.stderr), once(child, "close")];
	// Its secret has arrived when the next call is made.
	await simulator.requests.whenReceived({ method: "POST", path: "/api/v2/oauth/clients" });
	await simulator.requests.whenReceived({ method: "GET", path: "/api/v2/oauth/clients" });
	child.kill("SIGINT");
	expect(await closed).toEqual([1, null]);
	expect(simulator.organization.clients()).toEqual([]);
	expect(reportIn(output)).toMatchObject({ stopped: true, leftovers: [], host: "through a gateway" });
	const told = [
		await stdout,
		await stderr,
		...readdirSync(output).map((file) => readFileSync(join(output, file), "utf8")),
	];
	expect(told).toHaveLength(4);
	expect(secrets.length).toBeGreaterThanOrEqual(2);
	for (const secret of [simulator.administrator.clientSecret, ...secrets]) expect(told.join("")).not.toContain(secret);
});
