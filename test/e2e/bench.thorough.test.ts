import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { repository } from "./support/test-stack";

// What it measures depends on the machine; that it measures the same work for all doesn't.
test("the bench takes each program through the same life, and counts its calls", async () => {
	const options = ["--sizes", "2:1", "--latency", "0", "--fresh"];
	const { stdout } = await promisify(execFile)(process.execPath, ["test/bench/bench.mjs", ...options], {
		cwd: repository,
	});
	const rows = stdout.split("\n").map((line) => line.replaceAll(/ +/g, " "));
	for (const step of ["create", "unchanged", "preview", "change", "refresh", "destroy"]) {
		expect(rows).toContainEqual(expect.stringMatching(new RegExp(`^\\| 2 \\| ${step} \\|( \\d+\\.\\d\\d \\|){8}$`)));
	}
	const post = "`POST /api/v2/oauth/clients`";
	const login = "`POST /oauth/token`";
	const list = "`GET /api/v2/oauth/clients`";
	const ours = `1 ${login}, 1 ${list}, 2 ${post}`;
	expect(rows).toContain(`| create | ${ours} | 2 ${login}, 2 ${post} |`);
	expect(rows).toContain("| unchanged | none | none |");
});

test("the bench spreads clients over stacks that run side by side, says so, and counts the calls of all", async () => {
	const options = [
		"--sizes",
		"3:1",
		"--latency",
		"0",
		"--subjects",
		"ours",
		"--stacks",
		"2",
		"--env",
		"PULUMI_PARALLEL=4",
		"--fresh",
	];
	const { stdout } = await promisify(execFile)(process.execPath, ["test/bench/bench.mjs", ...options], {
		cwd: repository,
	});
	expect(stdout).toContain(
		"calls of 0 ms, 2 stacks side by side, PULUMI_PARALLEL=4. Runs, whose medians count: 1 of 3 clients.",
	);
	const rows = stdout.split("\n");
	expect(rows).toContain(
		"| create | 2 `POST /oauth/token`, 2 `GET /api/v2/oauth/clients`, 3 `POST /api/v2/oauth/clients` |",
	);
	expect(rows).toContain(
		"| change | 2 `POST /oauth/token`, 3 `GET /api/v2/oauth/clients/{clientId}`, 3 `PUT /api/v2/oauth/clients/{clientId}` |",
	);
});
