import { expect, test } from "vitest";
import { service } from "./support/lifecycle-run";
import { stackModels } from "./support/stack-model";

const startStackModel = stackModels();
const other = { ...service, name: "Other" };
const warned = (notices: string, what: string) =>
	notices.split(`creating or changing resources will fail: ${what}`).length - 1;

test("a preview of what is new says once what the usual connection lacks, without a call; up fails as before", async () => {
	const stack = await startStackModel();
	for (const key of Object.keys(stack.config)) delete stack.config[key];
	const { notices } = await stack.succeed("preview", { app: service, other });
	expect(warned(notices, "no Genesys Cloud credentials: looked at GENESYSCLOUD_OAUTHCLIENT_ID")).toBe(1);
	expect(warned(notices, "no Genesys Cloud region: looked at GENESYSCLOUD_REGION")).toBe(1);
	expect(await stack.fail("up", { app: service, other })).toMatch(
		/^creating OAuth client "CRM sync": no Genesys Cloud/,
	);
	expect(stack.simulator.requests.count()).toBe(0);
});

test("so does a preview of a change, but none of what doesn't change: that needs no call", async () => {
	const stack = await startStackModel();
	await stack.succeed("up", { app: service, other });
	delete stack.config["genesyscloud:oauthClientSecret"];
	stack.simulator.requests.clear();
	const changed = { ...service, name: "Renamed" };
	const half = "incomplete Genesys Cloud credentials: found the stack configuration";
	expect(warned((await stack.succeed("preview", { app: changed, other })).notices, half)).toBe(1);
	for (const command of ["preview", "up"] as const)
		expect(warned((await stack.succeed(command, { app: service, other })).notices, half)).toBe(0);
	expect(stack.simulator.requests.count()).toBe(0);
});

test("a preview with all settings warns of nothing", async () => {
	const stack = await startStackModel();
	expect((await stack.succeed("preview", { app: service })).notices).toBe("");
});
