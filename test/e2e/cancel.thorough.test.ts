import { expect, test } from "vitest";
import { paths } from "../api/support/client-requests";
import { isWindows } from "../platform";
import { eachStack } from "./support/each-stack";
import type { TestStack } from "./support/test-stack";
import { outputsOfApp, yamlService } from "./support/yaml-clients";

const startStack = eachStack();
const turn = (value: number) => yamlService({ secretRotation: { rotateWhenChanged: { value } } });
const declare = (stack: TestStack, app: ReturnType<typeof turn>) =>
	stack.declareYaml({ resources: { app }, outputs: outputsOfApp });

/** Runs `pulumi up`, and presses ^C when the test says; fails if that doesn't make it fail. */
async function interrupted(stack: TestStack, reached: (shown: (text: string) => Promise<void>) => Promise<void>) {
	const { child, ended } = stack.start("up", "--yes", "--skip-preview");
	await reached(
		async (text) =>
			new Promise((resolve, reject) => {
				let output = "";
				child.stdout?.on("data", (part) => {
					output += String(part);
					if (output.includes(text)) resolve();
				});
				child.once("exit", () => reject(new Error(`pulumi up ended, and never said: ${text}\n${output}`)));
			}),
	);
	child.kill("SIGINT");
	const { code } = await ended;
	expect(code).not.toBe(0);
}

/** Whether the organization has one client, with the secret in the stack's outputs. */
async function hasOne(stack: TestStack): Promise<boolean> {
	const { app } = await stack.outputs();
	const [client, ...others] = stack.simulator.organization.clients();
	return others.length === 0 && client?.id === app?.id && (await stack.canLogIn(app?.id ?? "", app?.secret ?? ""));
}

test.skipIf(isWindows)(
	"^C while an up waits 40 seconds for the rate limit ends it at once; the next up makes the client, once",
	async () => {
		const stack = await startStack();
		const { simulator } = stack;
		declare(stack, yamlService());
		simulator.faults.add({ kind: "status", method: "POST", path: paths.clients, status: 429, retryAfterSeconds: 40 });
		await interrupted(stack, async (shown) => shown("waiting 40 s"));
		// After the wait it would have been sent again.
		expect(simulator.requests.count({ method: "POST", template: paths.clients })).toBe(1);
		await stack.run("up");
		expect(await hasOne(stack)).toBe(true);
	},
);

test.skipIf(isWindows)("^C during the trial of a new secret leaves it in state, and the next up tries it", async () => {
	const stack = await startStack();
	declare(stack, turn(1));
	await stack.run("up");
	declare(stack, turn(2));
	const { faults, requests } = stack.simulator;
	const login = { method: "POST", template: paths.login };
	const before = requests.count(login);
	// The first login of the run is the provider's own.
	faults.add({ kind: "hang", method: login.method, path: login.template, skip: 1 });
	await interrupted(stack, async () => requests.whenReceived(login, before + 2));
	faults.clear();
	const [client] = stack.simulator.organization.clients();
	expect(await stack.canLogIn(client?.id ?? "", await stack.secretInState("app"))).toBe(true);
	await stack.run("up");
	expect(requests.count({ method: "POST", template: paths.secret })).toBe(1);
	expect(await hasOne(stack)).toBe(true);
});
