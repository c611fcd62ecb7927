import { writeFileSync } from "node:fs";
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

test("each command of the GitLab pipeline works, and one comment follows the merge request", async () => {
	const { checkout } = await start({ "crm-sync": service });
	const platform = await startPlatform();
	const jobs = parse(checkout.read(".gitlab-ci.yml")) as Record<
		"validate" | "preview" | "up" | "drift",
		{ script: string[]; after_script?: string[]; resource_group?: string; interruptible?: boolean }
	>;
	const environment = {
		GITLAB_CI: "true",
		CI: "true",
		CI_API_V4_URL: platform.url,
		CI_PROJECT_ID: "7",
		CI_MERGE_REQUEST_IID: "7",
		GITLAB_COMMENT_TOKEN: "a token of GitLab",
	};
	const commandsOf = ({ script, after_script = [] }: (typeof jobs)["preview"]) => [...script, ...after_script];
	expect(await runJob(checkout, commandsOf(jobs.validate), environment)).toEqual([0]);
	expect(await runJob(checkout, commandsOf(jobs.preview), environment)).toEqual([0, 0]);
	expect(await runJob(checkout, commandsOf(jobs.preview), environment)).toEqual([0, 0]);
	expect(platform.changes).toEqual([
		"POST /projects/7/merge_requests/7/notes",
		"PUT /projects/7/merge_requests/7/notes/1",
	]);
	expect([...platform.credentials]).toEqual(["a token of GitLab"]);
	expect(await runJob(checkout, commandsOf(jobs.up), environment)).toEqual([0]);
	expect(checkout.read("out/results.env")).toBe(outputs("changed", 1).repeat(3));
	expect(await runJob(checkout, commandsOf(jobs.drift), environment)).toEqual([0]);
	expect(jobs.up).toMatchObject({ resource_group: "oauth-clients", interruptible: false });
});

test("the README's steps on one's own machine work as they stand", async () => {
	const { stack, checkout } = await start({ "crm-sync": service });
	const [, section = ""] = checkout.read("README.md").split("## Try it on your machine");
	const [simulator = "", steps = ""] = [...section.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block ?? "");
	expect(simulator).toBe("npx --no genesyscloud-oauth simulator --port 8080 | tee simulator.json\n");
	const { administrator, url } = stack.simulator;
	writeFileSync(join(checkout.directory, "simulator.json"), JSON.stringify({ url, ...administrator }));
	const script = steps.replace("8080", new URL(url).port);
	const environment = { PULUMI_BACKEND_URL: "", CI: "", GENESYSCLOUD_OAUTHCLIENT_SECRET: "" };
	const { code, lines } = await checkout.start(["bash", "-e", "-c", script], environment).ended;
	expect(lines).toEqual([
		"oauth-clients.yaml: 1 client, no mistakes",
		'create: crm-sync "CRM sync"',
		"try: changed (create 1)",
		expect.stringMatching(/^created: crm-sync "CRM sync" \(/),
		"try: changed (create 1)",
		"try: unchanged (same 1)",
	]);
	expect(code).toBe(0);
	expect(checkout.read("out/comment.md")).toContain("1 to create.");
});

test("the clients of the example pass its own policies", async () => {
	const { checkout } = await start();
	const { code, lines } = await checkout.run(["preview"]);
	expect({ code, lines }).toEqual({
		code: 0,
		lines: [
			'create: agent-dashboard "Agent dashboard"',
			'create: billing-export "Billing export"',
			'create: crm-sync "CRM sync"',
			"test: changed (create 3)",
		],
	});
});
