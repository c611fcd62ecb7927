import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as lifecycle from "../../provider/dynamic-provider";
import { settingVariables } from "../../provider/setting-places";
import { type Simulator, startSimulator } from "../../simulator";
import { inputsOf, webApp } from "./support/lifecycle-run";
import { withProvider } from "./support/provider-process";
import { configFor } from "./support/simulator-connection";
import { failureOf } from "./support/simulated-api";

const program = withProvider(inputsOf({ ...webApp, deletionGuard: { inUseWithinDays: 7 } }));
let simulator: Simulator;

// What Pulumi calls takes its settings from the process, so each test gives it an organization of its own.
beforeEach(async () => {
	for (const variable of Object.values(settingVariables)) vi.stubEnv(variable, undefined);
	simulator = await startSimulator({ seed: { usageQueries: { runningPolls: 0 } } });
	const config: Record<string, string> = configFor(simulator);
	await lifecycle.configure({ config: { get: (key) => config[key] } });
});
afterEach(async () => {
	vi.unstubAllEnvs();
	await simulator.close();
});

async function withUsedClient() {
	const { id, outs } = await lifecycle.create(program);
	const date = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
	simulator.organization.addUsage({
		clientId: id,
		date,
		templateUri: "/api/v2/users",
		httpMethod: "GET",
		status200: 5,
	});
	return { id, outs: { ...outs } };
}

test("a refresh shows the drift of a guarded client in use, and refuses nothing: a refresh deletes nothing", async () => {
	const { id, outs } = await withUsedClient();
	simulator.organization.changeClient(id, { authorizedGrantType: "SAML2-BEARER" });
	const { props } = await lifecycle.read(id, outs);
	// Pulumi asks for the difference to show it, with the two sides swapped.
	expect(await lifecycle.diff(id, { ...props }, program)).toMatchObject({ replaces: ["authorizedGrantType"] });
});

test("the replacement that a preview then finds is refused, also in the same run", async () => {
	const { id, outs } = await withUsedClient();
	simulator.organization.changeClient(id, { authorizedGrantType: "SAML2-BEARER" });
	const { props } = await lifecycle.read(id, outs);
	await lifecycle.diff(id, { ...props }, program);
	// What the program declares is checked first; what a refresh only shows isn't.
	const { inputs } = await lifecycle.check(program, program);
	expect((await failureOf(lifecycle.diff(id, { ...props }, inputs))).message).toContain(
		"the client is in use, so it wasn't deleted",
	);
});

test("a refresh that finds nothing leaves the refusal of a replacement as it is", async () => {
	const { id, outs } = await withUsedClient();
	await lifecycle.read(id, outs);
	const { inputs } = await lifecycle.check(program, { ...program, authorizedGrantType: "SAML2-BEARER" });
	expect((await failureOf(lifecycle.diff(id, outs, inputs))).message).toContain(
		"the client is in use, so it wasn't deleted",
	);
});
