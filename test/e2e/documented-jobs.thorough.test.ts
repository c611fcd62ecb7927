import { execFile } from "node:child_process";
import { expect, test } from "vitest";
import { documentedJobs } from "../documented-jobs";
import { service } from "./support/clients";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();

// GitLab's jobs run the same commands: the unit test holds that.
test("the jobs of docs/pipelines.md apply, and a scheduled one fails for what others have changed, and leaves it", async () => {
	const stack = await startStack();
	stack.declare({ service: service() });
	const log: string[] = [];
	const { commands, scheduledBy } = documentedJobs.GitHub;
	/** Runs a job as its shell would, and returns the exit code. */
	const runJob = async (job: "preview" | "up", event: string) =>
		new Promise<number>((resolve) => {
			execFile(
				"bash",
				["-eo", "pipefail", "-c", commands[job].join("\n")],
				{ cwd: stack.project, env: { ...stack.environment, [scheduledBy]: event }, encoding: "utf8" },
				(error, stdout, stderr) => {
					log.push(stdout + stderr);
					resolve(error === null ? 0 : Number(error.code ?? 1));
				},
			);
		});
	const descriptions = () =>
		stack.simulator.organization.clientsByName("Service").map(({ description }) => description);

	expect(await runJob("preview", "pull_request")).toBe(0);
	expect(descriptions()).toEqual([]);
	expect(await runJob("up", "schedule")).toBe(0);
	expect(descriptions()).toEqual([""]);

	const [client] = stack.simulator.organization.clientsByName("Service");
	stack.simulator.organization.changeClient(client!.id, { description: "by hand" });
	expect(await runJob("up", "push")).toBe(0);
	expect(await runJob("up", "schedule")).not.toBe(0);
	expect(log.at(-1)).toContain("no changes were expected");
	expect(descriptions()).toEqual(["by hand"]);

	stack.leaks.note(stack.simulator);
	expect(stack.leaks.find(Object.fromEntries(log.entries()))).toEqual([]);
});
