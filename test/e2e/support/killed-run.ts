import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { expect, inject } from "vitest";
import type { TestStack } from "./test-stack";

/** Whom a SIGKILL hits. */
export type Victim = "the provider" | "the engine" | "all of Pulumi";

interface Process {
	id: number;
	parent: number;
	command: string;
	ended: boolean;
}

/** Runs `pulumi up`, and kills what the test says when it has come to a point. Resolves when the victims are gone. */
export async function killDuring(stack: TestStack, victim: Victim, reached: () => Promise<void>): Promise<void> {
	const child = spawn(
		join(inject("engineDirectory"), "pulumi"),
		["up", "--yes", "--skip-preview", "--color", "never"],
		{ cwd: stack.project, env: stack.environment, stdio: "ignore" },
	);
	const engine = child.pid;
	if (engine === undefined) throw new Error("the engine didn't start");
	const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
	await Promise.race([
		reached(),
		ended.then(() => {
			throw new Error("pulumi up ended before it got there");
		}),
	]);
	const family = descendantsOf(engine);
	const providers = family.filter(({ command }) => /pulumi-resource-pulumi-nodejs|dynamic-provider/.test(command));
	if (providers.length === 0) throw new Error("there is no provider process");
	const victims = victim === "the provider" ? providers : victim === "the engine" ? [] : family;
	for (const { id } of [...victims, ...(victim === "the provider" ? [] : [{ id: engine }])]) kill(id);
	await ended;
	// A provider that has lost its engine ends by itself.
	await expect
		.poll(() => processes().filter(({ id, ended: isGone }) => !isGone && providers.some((one) => one.id === id)), {
			interval: 100,
			timeout: 60_000,
		})
		.toEqual([]);
}

function kill(id: number): void {
	try {
		process.kill(id, "SIGKILL");
	} catch {
		// It went with another.
	}
}

function processes(): Process[] {
	const listed = execFileSync("ps", ["-A", "-o", "pid=,ppid=,state=,args="], { encoding: "utf8" });
	return listed
		.trim()
		.split("\n")
		.map((line) => {
			const [id, parent, state = "", ...command] = line.trim().split(/\s+/);
			return { id: Number(id), parent: Number(parent), command: command.join(" "), ended: state.startsWith("Z") };
		});
}

function descendantsOf(root: number): Process[] {
	const all = processes();
	const found = all.filter(({ parent }) => parent === root);
	// What is found grows while it is walked through.
	for (const { id } of found) found.push(...all.filter(({ parent }) => parent === id));
	return found;
}
