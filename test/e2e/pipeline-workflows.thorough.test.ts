import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { outputs, runJob, service } from "./support/pipeline-jobs";
import { eachPlatform } from "./support/pipeline-platform";
import { eachPipeline } from "./support/pipeline-run";

const start = eachPipeline();
const startPlatform = eachPlatform();

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
	expect(simulator).toBe("npx genesyscloud-oauth simulator --port 8080 | tee simulator.json\n");
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
