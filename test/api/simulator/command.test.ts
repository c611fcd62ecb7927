import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, expect, test } from "vitest";

// What is shipped: `npm run build` makes it, and every test script builds first.
const MAIN = join(__dirname, "../../../dist/simulator/main.js");

const running: ChildProcess[] = [];
afterEach(async () => {
	for (const child of running.splice(0))
		if (child.exitCode === null && child.signalCode === null) {
			child.kill("SIGKILL");
			await once(child, "exit");
		}
});

function start(...args: string[]) {
	const child = spawn(process.execPath, [MAIN, ...args], { stdio: ["ignore", "pipe", "pipe"] });
	running.push(child);
	return child;
}

async function firstLine(child: ReturnType<typeof start>): Promise<string> {
	for await (const line of createInterface({ input: child.stdout })) return line;
	throw new Error("The command said nothing.");
}

async function run(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
	const child = start(...args);
	let stdout = "";
	let stderr = "";
	child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
	child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
	await once(child, "close");
	return { code: child.exitCode, stdout, stderr };
}

test.each(["SIGINT", "SIGTERM"] as const)(
	"the command says where it is and with which client, and ends well on %s",
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

test("the command takes a seed file and a latency, and its clock can be put forward", async () => {
	const folder = mkdtempSync(join(tmpdir(), "simulator-"));
	const file = join(folder, "seed.json");
	writeFileSync(file, JSON.stringify({ clients: [{ name: "from the file" }] }));
	const child = start("--seed", file, "--latency", "1");
	const { url } = JSON.parse(await firstLine(child));
	const get = async (path: string) => (await fetch(`${url}/simulator${path}`)).json();
	expect(await get("/clients")).toMatchObject({ clients: [{ name: "from the file" }] });
	expect(await get("/settings")).toMatchObject({ settings: { latencyMs: 1 } });
	expect(await get("/clock")).toMatchObject({ settable: true });
	rmSync(folder, { recursive: true });
});

test("--help explains the options", async () => {
	const { code, stdout } = await run("--help");
	expect(code).toBe(0);
	for (const option of ["--port", "--seed", "--latency", "--help"]) expect(stdout).toContain(option);
});

test.each([
	[["--port", "x"], "--port: x is not a whole number from 0 to 65535"],
	[["--latency", "-1"], "--latency"],
	[["--seed", "no-such-file.json"], "no-such-file.json"],
	[["--colour"], "--colour"],
])("%j is refused in one line", async (args, message) => {
	const { code, stdout, stderr } = await run(...args);
	expect(code).toBe(1);
	expect(stdout).toBe("");
	expect(stderr).toContain(message);
	expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});
