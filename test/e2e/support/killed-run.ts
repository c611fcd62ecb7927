import { spawn } from "node:child_process";
import { join } from "node:path";
import { inject } from "vitest";
import { NodeProcesses } from "./node-processes";
import type { TestStack } from "./test-stack";

/** Whom a SIGKILL hits. */
export type Victim = "the provider" | "the engine" | "all of Pulumi";

/** Runs `pulumi up`, and kills what the test says when it has come to a point. Resolves when the victims are gone. */
export async function killDuring(stack: TestStack, victim: Victim, reached: () => Promise<void>): Promise<void> {
	const processes = await NodeProcesses.watch();
	try {
		const child = spawn(
			join(inject("engineDirectory"), "pulumi"),
			["up", "--yes", "--skip-preview", "--color", "never"],
			{ cwd: stack.project, env: { ...stack.environment, ...processes.environment }, stdio: "ignore" },
		);
		const engine = child.pid;
		if (engine === undefined) throw new Error("the engine didn't start");
		const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
		const tooEarly = ended.then(() => {
			throw new Error("pulumi up ended before it got there");
		});
		await Promise.race([reached(), tooEarly]);
		const providers = await Promise.race([
			processes.whenRunning(/dynamic-provider|pulumi-resource-genesyscloud-oauth/),
			tooEarly,
		]);
		const victims = { "the provider": providers, "the engine": [], "all of Pulumi": processes.all() }[victim];
		for (const { id } of victims) kill(id);
		if (victim !== "the provider") kill(engine);
		await ended;
		// A provider that has lost its engine ends by itself.
		await processes.whenGone(providers);
	} finally {
		processes.close();
	}
}

function kill(id: number): void {
	try {
		process.kill(id, "SIGKILL");
	} catch {
		// It went with another.
	}
}
