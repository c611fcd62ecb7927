import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { documentedJobs, gitHubWorkflow, gitLabPipeline } from "../documented-jobs";

const { GitHub, GitLab } = documentedJobs;

test("both platforms run the same commands, with the same variables as the example", () => {
	expect(GitHub.commands.preview).toEqual(["pulumi preview"]);
	expect(GitLab.commands.preview).toEqual(GitHub.commands.preview);
	expect(GitHub.commands.up).toHaveLength(2);
	expect(GitLab.commands.up.map((command) => command.replace(GitLab.scheduledBy, GitHub.scheduledBy))).toEqual(
		GitHub.commands.up,
	);
	const example = readFileSync("examples/pipeline/.github/workflows/oauth-clients.yml", "utf8");
	expect(GitHub.variables).toEqual((parse(example) as { env: unknown }).env);
	expect(GitLab.variables).toEqual(GitHub.variables);
});

test("on GitHub secrets reach nothing but Pulumi, and nobody else can name a part of a command", () => {
	const { jobs, permissions } = gitHubWorkflow;
	const steps = [jobs.preview, jobs.up].flatMap((job) => job.steps);
	expect(permissions).toEqual({ contents: "read" });
	expect(
		steps.filter(({ env }) => env !== undefined).map(({ run = "" }) => run.split(" ").slice(0, 2).join(" ")),
	).toEqual(["pulumi preview", "pulumi up"]);
	expect(steps.filter(({ run = "" }) => run.includes("${{"))).toEqual([]);
	expect(steps.flatMap(({ uses = [] }) => uses).filter((action) => !/^actions\/[\w-]+@v\d+$/.test(action))).toEqual([]);
	expect(jobs.preview.if).toContain("head.repo.full_name == github.repository");
});

test("an up isn't cut off, and only the main branch runs one", () => {
	const { up } = gitHubWorkflow.jobs;
	expect(up).toMatchObject({
		if: "github.event_name != 'pull_request'",
		environment: "production",
		concurrency: { "cancel-in-progress": false },
	});
	expect(gitLabPipeline.up).toMatchObject({
		rules: [{ if: "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH" }],
		environment: "production",
		resource_group: "oauth-clients",
		interruptible: false,
	});
});
