import { expect, onTestFinished, test } from "vitest";
import { ROLE_IDS, type Seed, type Simulator, startSimulator } from "../../simulator";
import { paths } from "./support/client-requests";
import { type GrpcError, startDynamicProvider, withProvider } from "./support/provider-process";
import { atOnce } from "./support/paced-run";
import { failureOf } from "./support/simulated-api";
import { configFor, environmentFor } from "./support/simulator-connection";

const program = (index: number) =>
	withProvider({
		name: `client ${index}`,
		authorizedGrantType: "CLIENT-CREDENTIALS",
		roleDivisions: [{ roleId: ROLE_IDS.employee }],
	});

async function startOrganization(seed: Seed = {}): Promise<Simulator> {
	const simulator = await startSimulator({ seed });
	onTestFinished(async () => simulator.close());
	return simulator;
}

/** What fifty creates cost: a login, a list of the clients, a look-up of the home division, and a POST each. */
function expectNothingTwice({ requests, organization }: Simulator) {
	expect(organization.clients()).toHaveLength(50);
	expect(requests.count({ kind: "token" })).toBe(1);
	expect(requests.count({ template: paths.home })).toBe(1);
	expect(requests.count({ method: "POST", template: paths.clients })).toBe(50);
	expect(requests.count({ method: "GET", template: paths.clients })).toBe(1);
	expect(requests.count()).toBe(53);
}

test("fifty checks and creates, sent with the configuration and not after it, log in once and look up the home division once", async () => {
	const simulator = await startOrganization();
	const provider = await startDynamicProvider();
	const configured = provider.configure(configFor(simulator));
	const made = atOnce(50, async (index) => {
		const { inputs } = await provider.check(program(index));
		return provider.create(inputs);
	});
	await configured;
	for (const { id, properties } of await made)
		expect(simulator.organization.checkSecret(id, properties["clientSecret"] as string)).toBe(true);
	expectNothingTwice(simulator);
	expect(await provider.printed()).toBe("");
});

test("fifty creates that are there before the configuration take the environment's, wholly", async () => {
	const simulator = await startOrganization();
	const provider = await startDynamicProvider(environmentFor(simulator));
	await Promise.all([
		atOnce(50, async (index) => provider.create(program(index))),
		provider.configure({ ...configFor(simulator), "genesyscloud:oauthClientSecret": "another" }),
	]);
	expectNothingTwice(simulator);
	expect(await provider.printed()).toBe("");
});

test("creates before the configuration that need it say what they looked for: nothing is sent with half of it", async () => {
	const simulator = await startOrganization();
	const { GENESYSCLOUD_OAUTHCLIENT_SECRET: _, ...half } = environmentFor(simulator);
	const provider = await startDynamicProvider(half);
	const failures = atOnce(5, async (index) => failureOf<GrpcError>(provider.create(program(index))));
	await provider.configure(configFor(simulator));
	for (const { details } of await failures)
		expect(details).toContain("but not GENESYSCLOUD_OAUTHCLIENT_SECRET. Settings that belong together");
	expect(simulator.requests.count()).toBe(0);
});

test("fifty creates whose login meets a fault share its repetition", async () => {
	const simulator = await startOrganization();
	simulator.faults.add({ method: "POST", path: paths.login, kind: "status", status: 503, times: 2 });
	const provider = await startDynamicProvider(environmentFor(simulator));
	await provider.configure({});
	await atOnce(50, async (index) => provider.create(program(index)));
	expect(simulator.organization.clients()).toHaveLength(50);
	expect(simulator.requests.count({ kind: "token" })).toBe(3);
	expect(simulator.requests.count({ template: paths.home })).toBe(1);
});
