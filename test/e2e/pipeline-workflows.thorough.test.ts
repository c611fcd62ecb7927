import { expect, test } from "vitest";
import { parse } from "yaml";
import { outputs, runJob, service } from "./support/pipeline-jobs";
import { eachPlatform } from "./support/pipeline-platform";
import { eachPipeline } from "./support/pipeline-run";
import { repository } from "./support/test-stack";

const start = eachPipeline();
const startPlatform = eachPlatform();

interface GitHubJob {
	steps: { if?: string; run?: string; uses?: string; env?: object }[];
	permissions?: Record<string, string>;
	environment?: string;
	concurrency?: { group: string; "cancel-in-progress": boolean };
}

test("each command of the GitHub workflow works, and one comment follows the pull request", async () => {
	const { stack, checkout } = await start({ "crm-sync": service });
	const platform = await startPlatform();
	const { jobs, permissions } = parse(checkout.read(".github/workflows/oauth-clients.yml")) as {
		jobs: Record<"validate" | "preview" | "up", GitHubJob>;
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
	// The last step of the job is for the schedule, which rotates what is due and then looks for drift.
	expect(jobs.up.steps.map((step) => step.if).filter((condition) => condition?.includes("schedule"))).toEqual([
		"${{ !cancelled() && github.event_name == 'schedule' }}",
	]);
	expect(await runJob(checkout, commandsOf(jobs.up), environment)).toEqual([0, 0]);
	const [client] = stack.simulator.organization.clients();
	stack.simulator.organization.changeClient(client!.id, { description: "by hand" });
	await stack.rewriteState((resource) => {
		if (resource.urn.endsWith("::crm-sync"))
			resource.outputs!["secretRotatedAt"] = new Date(Date.now() - 91 * 86_400_000).toISOString();
	});
	expect(await runJob(checkout, commandsOf(jobs.up), environment)).toEqual([0, 3]);
	expect(checkout.read("out/results.json")).toContain("it is 91 days old");
	expect(checkout.read("out/github-summary")).toContain("1 of 1 client differs from the state");

	// No more rights than needed, an up is never cut off, and secrets reach nothing but the one step.
	expect(permissions).toEqual({ contents: "read" });
	expect(Object.values(jobs).map((job) => job.permissions)).toEqual([
		undefined,
		{ contents: "read", "pull-requests": "write" },
		undefined,
	]);
	expect(jobs.up).toMatchObject({
		if: "github.event_name != 'pull_request' && github.ref == 'refs/heads/main'",
		environment: "production",
		concurrency: { "cancel-in-progress": false },
	});
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
	const { checkout } = await start({ "crm-sync": service });
	const [, section = ""] = checkout.read("README.md").split("## Try it on your machine");
	const [simulator = "", steps = ""] = [...section.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block ?? "");
	// Prints what the test's environment has already.
	expect(simulator).toBe("npm --prefix ../.. --silent run simulator -- --env\n");
	// The checkout is no part of a clone here: the paths to it lead to this one.
	const script = steps.replaceAll("../..", repository);
	const environment = { PULUMI_BACKEND_URL: "", CI: "" };
	const { code, lines } = await checkout.start(["bash", "-e", "-c", script], environment).ended;
	expect(lines).toEqual([
		expect.stringMatching(/^Pulumi \d/),
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
			'create: crm-data-actions "CRM data actions"',
			'create: crm-sync "CRM sync"',
			"test: changed (create 4)",
		],
	});
});
