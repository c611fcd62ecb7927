import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { service } from "./support/pipeline-jobs";
import { eachPlatform } from "./support/pipeline-platform";
import { eachPipeline } from "./support/pipeline-run";

const start = eachPipeline();
const startPlatform = eachPlatform();

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
