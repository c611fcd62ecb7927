import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startSimulator } from "../../simulator";
import { LeakDetector } from "./support/leaks";
import { TestStack } from "./support/test-stack";

// All other tests of the engine rely on this search: if it found nothing, they would be green.
test("the search of a stack finds a secret in what a command shows, in state, its history and Pulumi's home", async () => {
	const stack = await TestStack.start();
	try {
		const secret = stack.simulator.administrator.clientSecret;
		const files = [
			"backend/.pulumi/stacks/test/test.json",
			"backend/.pulumi/history/a/b/c.json",
			"home/logs/today.log",
		];
		for (const file of files.map((name) => join(stack.directory, name))) {
			mkdirSync(dirname(file), { recursive: true });
			writeFileSync(file, `{"clientSecret":"${secret}"}`);
		}
		await stack.pulumi(secret);
		await stack.pulumi("--show-secrets", secret);
		expect(stack.leaked().toSorted()).toEqual(
			[...files.map((name) => join(stack.directory, name)), "output of command 1"].toSorted(),
		);
	} finally {
		await stack.close();
	}
});

test("the search finds secrets, tokens and texts that it was told, of clients that are gone too, and in the header of a login, but no digests", async () => {
	const simulator = await startSimulator();
	onTestFinished(async () => simulator.close());
	const leaks = new LeakDetector();
	const { client, secret } = simulator.organization.addClient({ name: "CRM" });
	leaks.note(simulator);
	simulator.organization.removeClient(client.id);
	const { clientId, clientSecret } = simulator.administrator;
	const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
	const answer = await fetch(`${simulator.url}/oauth/token`, {
		method: "POST",
		headers: { authorization },
		body: new URLSearchParams({ grant_type: "client_credentials" }),
	});
	const { access_token: token } = (await answer.json()) as { access_token: string };
	leaks.note(simulator);
	leaks.noteText("a password");
	const texts = {
		state: `{"clientSecret":"${secret}"}`,
		log: `I1123 secret=${clientSecret}\n`,
		token: `Bearer ${token}`,
		header: `authorization: ${authorization}`,
		text: "with a password in it",
		nothing: `${secret?.slice(1)} ${JSON.stringify(simulator.snapshot())}`,
	};
	expect(leaks.find(texts)).toEqual(["state", "log", "token", "header", "text"]);
});
