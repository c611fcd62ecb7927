import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { outputs, runJob, service } from "./support/pipeline-jobs";
import { eachPlatform } from "./support/pipeline-platform";
import { eachPipeline } from "./support/pipeline-run";

const start = eachPipeline();
const startPlatform = eachPlatform();

interface GitHubJob {
	steps: { run?: string; uses?: string; env?: object }[];
	permissions?: Record<string, string>;
	environment?: string;
	concurrency?: { group: string; "cancel-in-progress": boolean };
}

test("each command of the GitHub workflow works, and one comment follows the pull request", async () => {
	const { stack, checkout } = await start({ "crm-sync": service });
	const platform = await startPlatform();
	const { jobs, permissions } = parse(checkout.read(".github/workflows/oauth-clients.yml")) as {
		jobs: Record<"validate" | "preview" | "up" | "drift", GitHubJob>;
		permissions: Record<string, string>;
	};
	const environment = {
		GITHUB_ACTIONS: "true",
		CI: "true",
		GITHUB_API_URL: platform.url,
		GITHUB_REPOSITORY: "team/clients",
		GITHUB_TOKEN: "a token of GitHub",
		GITHUB_OUTPUT: "out/github-output",
		GITHUB_STEP_SUMMARY: "out/github-summary",
		PULL_REQUEST: "7",
	};
	const commandsOf = ({ steps }: GitHubJob) => steps.flatMap(({ run = "" }) => run.trim().split("\n"));
	expect(await runJob(checkout, commandsOf(jobs.validate), environment)).toEqual([0]);
	expect(await runJob(checkout, commandsOf(jobs.preview), environment)).toEqual([0, 0]);
	expect(checkout.read("out/github-output")).toBe(outputs("changed", 1));
	expect(await runJob(checkout, commandsOf(jobs.preview), environment)).toEqual([0, 0]);
	expect(platform.changes).toEqual([
		"POST /repos/team/clients/issues/7/comments",
		"PATCH /repos/team/clients/issues/comments/1",
	]);
	expect(platform.comments.map(({ body }) => body)).toEqual([checkout.read("out/comment.md")]);
	expect([...platform.credentials]).toEqual(["Bearer a token of GitHub"]);
	expect(await runJob(checkout, commandsOf(jobs.up), environment)).toEqual([0]);
	expect(await runJob(checkout, commandsOf(jobs.drift), environment)).toEqual([0]);
	const [client] = stack.simulator.organization.clients();
	stack.simulator.organization.changeClient(client!.id, { description: "by hand" });
	expect(await runJob(checkout, commandsOf(jobs.drift), environment)).toEqual([3]);
	expect(checkout.read("out/github-summary")).toContain("1 of 1 client differs from the state");

	// No more rights than needed, an up is never cut off, and secrets reach nothing but the one step.
	expect(permissions).toEqual({ contents: "read" });
	expect(Object.values(jobs).map((job) => job.permissions)).toEqual([
		undefined,
		{ contents: "read", "pull-requests": "write" },
		undefined,
		undefined,
	]);
	expect(jobs.up).toMatchObject({ environment: "production", concurrency: { "cancel-in-progress": false } });
	expect(jobs.up.concurrency!.group).not.toBe(jobs.drift.concurrency!.group);
	const steps = Object.values(jobs).flatMap((job) => job.steps);
	const actions = steps.flatMap(({ uses = [] }) => uses);
	expect(actions.filter((action) => !/^actions\/[\w-]+@v\d+$/.test(action))).toEqual([]);
	const withSecrets = steps.filter(({ env = {} }) => JSON.stringify(env).includes("secrets."));
	expect(withSecrets.map(({ run = "" }) => run.split(" ").slice(0, 3).join(" "))).toEqual([
		"node pipeline.ts preview",
		"node pipeline.ts up",
		"node pipeline.ts drift",
	]);
	// What somebody else can name must not become a part of a command.
	expect(steps.filter(({ run = "" }) => run.includes("${{"))).toEqual([]);
});

test("a comment that somebody else began like the pipeline's is left alone, and one on a later page is found", async () => {
	const { checkout } = await start({ "crm-sync": service });
	const platform = await startPlatform();
	const environment = {
		GITHUB_ACTIONS: "true",
		GITHUB_API_URL: platform.url,
		GITHUB_REPOSITORY: "team/clients",
		GITHUB_TOKEN: "a token of GitHub",
	};
	const marker = "<!-- genesyscloud-oauth pipeline: production -->";
	writeFileSync(join(checkout.directory, "comment.md"), `${marker}\n\nnew`);
	platform.add("person", `${marker}\n\nforged`);
	for (let count = 0; count < 120; count += 1) platform.add("person", "talk");
	platform.add("pipeline", "<!-- genesyscloud-oauth pipeline: staging -->\n\nof another stack");
	platform.add("pipeline", `${marker}\n\nold`);
	const comment = ["comment", "--markdown", "comment.md", "--number", "7"];
	expect(await checkout.run(comment, environment)).toMatchObject({ code: 0, lines: ["changed the comment on 7"] });
	expect(platform.changes).toEqual(["PATCH /repos/team/clients/issues/comments/123"]);
	expect(platform.comments[0]!.body).toBe(`${marker}\n\nforged`);

	const refused = await checkout.run(comment, { ...environment, GITHUB_REPOSITORY: "team/other" });
	expect(refused).toMatchObject({
		code: 1,
		lines: [
			"error: GET /repos/team/other/issues/7/comments was answered with 404: check that the token may write comments",
		],
	});
	const elsewhere = await checkout.run(comment, { GITHUB_ACTIONS: "", GITLAB_CI: "" });
	expect(elsewhere).toMatchObject({
		code: 1,
		lines: [expect.stringContaining("works in GitHub Actions and in GitLab CI")],
	});
});

test("on GitHub a mistake is shown beside its line, whatever stands in it", async () => {
	const { checkout } = await start({ "crm-sync": service });
	appendFileSync(join(checkout.directory, "oauth-clients.yaml"), '  "a%0A::set-env":\n    name: A\n');
	const { code, lines } = await checkout.run(["validate"], { GITHUB_ACTIONS: "true" });
	expect(code).toBe(2);
	const commands = lines.filter((line) => line.startsWith("::"));
	expect(commands).toHaveLength(2);
	for (const command of commands) {
		expect(command).toMatch(/^::error file=oauth-clients\.yaml,line=\d+::clients\.a%250A::set-env/);
	}
});

test("the clients of the example pass its own policies", async () => {
	const { checkout } = await start();
	const { code, lines } = await checkout.run(["preview"]);
	expect({ code, lines }).toEqual({
		code: 0,
		lines: ['create: agent-dashboard "Agent dashboard"', 'create: crm-sync "CRM sync"', "test: changed (create 2)"],
	});
});
