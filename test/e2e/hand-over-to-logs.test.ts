import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, inject, test } from "vitest";
import { service } from "./support/clients";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();

test("Pulumi's most detailed logs hold no credential of the environment and no token", async () => {
	const stack = await startStack();
	stack.declare({ service: service() });
	const [calls, trace] = ["calls.json", "up.trace"].map((name) => join(stack.directory, name)) as [string, string];
	const { stdout, stderr } = await promisify(execFile)(
		join(inject("engineDirectory"), "pulumi"),
		["up", "--yes", "--skip-preview", "--debug", "-v=9", "--logtostderr", "--logflow", "--tracing", `file:${trace}`],
		{
			cwd: stack.project,
			env: { ...stack.environment, PULUMI_DEBUG_GRPC: calls },
			encoding: "utf8",
			maxBuffer: 64 * 1024 * 1024,
		},
	);
	const texts = { stdout, stderr, calls: readFileSync(calls, "utf8"), trace: readFileSync(trace, "utf8") };
	for (const text of [texts.stderr, texts.calls, texts.trace]) expect(text).toContain("service");
	// Pulumi writes the client's own secret there in clear, as docs/security.md says; nothing of this package's doing could keep it from that.
	const { secret } = (await stack.outputs())["service"]!;
	const others = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text.replaceAll(secret, "")]));
	expect(stack.leaks.find(others)).toEqual([]);
	const { clientId, clientSecret } = stack.simulator.administrator;
	const header = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
	expect(Object.entries(texts).filter(([, text]) => text.includes(clientSecret) || text.includes(header))).toEqual([]);
});
