import { execFile, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { afterEach, expect, test } from "vitest";
import type { DoctorJson } from "../../cli/doctor/run";
import { isWindows } from "../platform";
import { commandFile, runCommand, temporaryDirectory } from "./support/command";

const running: ChildProcess[] = [];
afterEach(async () => {
	for (const child of running.splice(0))
		if (child.exitCode === null && child.signalCode === null) {
			child.kill("SIGKILL");
			await once(child, "exit");
		}
});

function start(...args: string[]) {
	const child = spawn(process.execPath, [commandFile, "simulator", ...args], { stdio: ["ignore", "pipe", "pipe"] });
	running.push(child);
	return child;
}

async function firstLine(child: ReturnType<typeof start>): Promise<string> {
	for await (const line of createInterface({ input: child.stdout })) return line;
	throw new Error("The command said nothing.");
}

test.skipIf(isWindows).each(["SIGINT", "SIGTERM"] as const)(
	"the simulator says where it is and with which client, and ends well on %s",
	async (signal) => {
		const child = start("--port", "0");
		const line = JSON.parse(await firstLine(child));
		expect(Object.keys(line)).toEqual(["url", "clientId", "clientSecret"]);
		const token = await fetch(`${line.url}/oauth/token`, {
			method: "POST",
			headers: { authorization: `Basic ${btoa(`${line.clientId}:${line.clientSecret}`)}` },
			body: new URLSearchParams({ grant_type: "client_credentials" }),
		});
		expect(token.status).toBe(200);
		child.kill(signal);
		await once(child, "exit");
		expect(child.exitCode).toBe(0);
	},
);

async function lines(child: ReturnType<typeof start>, count: number): Promise<string[]> {
	const read: string[] = [];
	for await (const line of createInterface({ input: child.stdout })) if (read.push(line) === count) break;
	return read;
}

/** The variables of a connection that `--env` unsets: those of a real organization. */
const unset = [
	"GENESYSCLOUD_ACCESS_TOKEN",
	"GENESYSCLOUD_REGION",
	"GENESYSCLOUD_GATEWAY_PATH_NAME",
	"GENESYSCLOUD_GATEWAY_PATH_VALUE",
	"GENESYSCLOUD_GATEWAY_AUTH_USERNAME",
	"GENESYSCLOUD_GATEWAY_AUTH_PASSWORD",
];

test.skipIf(isWindows)(
	"a shell that runs what --env prints is connected to the simulator, whatever it had",
	async () => {
		const printed = await lines(start("--env", "posix"), 6);
		const command = `${process.execPath} ${commandFile} doctor --json`;
		const before = unset.map((variable) => `${variable}=of-a-real-organization`);
		const { stdout } = await promisify(execFile)("env", [
			"-i",
			...before,
			"sh",
			"-ec",
			[...printed, command].join("\n"),
		]);
		const { checks } = JSON.parse(stdout) as DoctorJson;
		expect(checks.find(({ id }) => id === "login")).toMatchObject({ verdict: "fine" });
	},
);

test("--env powershell sets and unsets the same variables in PowerShell's words", async () => {
	const [removal, ...set] = await lines(start("--env", "powershell"), 6);
	expect(removal).toBe(`Remove-Item -ErrorAction Ignore ${unset.map((variable) => `Env:${variable}`).join(", ")}`);
	expect(set.map((line) => /^\$env:(\w+) = "([\w.-]+)"$/.exec(line)?.[1])).toEqual([
		"GENESYSCLOUD_GATEWAY_PROTOCOL",
		"GENESYSCLOUD_GATEWAY_HOST",
		"GENESYSCLOUD_GATEWAY_PORT",
		"GENESYSCLOUD_OAUTHCLIENT_ID",
		"GENESYSCLOUD_OAUTHCLIENT_SECRET",
	]);
});

test("the simulator takes a seed file and a latency, and its clock can be put forward", async () => {
	const file = join(temporaryDirectory(), "seed.json");
	writeFileSync(file, JSON.stringify({ clients: [{ name: "from the file" }] }));
	const child = start("--seed", file, "--latency", "1");
	const { url } = JSON.parse(await firstLine(child));
	const get = async (path: string) => (await fetch(`${url}/simulator${path}`)).json();
	expect(await get("/clients")).toMatchObject({ clients: [{ name: "from the file" }] });
	expect(await get("/settings")).toMatchObject({ settings: { latencyMs: 1 } });
	expect(await get("/clock")).toMatchObject({ settable: true });
});

test.each([
	[["--port", "x"], "Give a whole number from 0 to 65535", 2],
	[["--env", "cmd"], "Allowed choices are posix, powershell", 2],
	[["--latency", "-1"], "--latency", 2],
	[["--colour"], "--colour", 2],
	[["--seed", "no-such-file.json"], "no-such-file.json", 1],
])("%j is refused in one line", async (args, message, exitCode) => {
	const { code, stdout, stderr } = await runCommand(["simulator", ...args]);
	expect(code).toBe(exitCode);
	expect(stdout).toBe("");
	expect(stderr).toContain(message);
	expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});

test("a seed file that isn't JSON, and one that isn't a seed, are named", async () => {
	const directory = temporaryDirectory();
	const [broken, wrong] = [join(directory, "broken.json"), join(directory, "wrong.json")];
	writeFileSync(broken, "{");
	writeFileSync(wrong, JSON.stringify({ clients: [{}] }));
	expect((await runCommand(["simulator", "--seed", broken])).stderr).toContain(`${broken} isn't JSON`);
	expect((await runCommand(["simulator", "--seed", wrong])).stderr).toContain(`${wrong}: clients.0.name`);
});
