import { describe, expect, onTestFinished, test } from "vitest";
import type { PartialFailure } from "../../provider/lifecycle/presentable-errors";
import { unknownValue } from "../../provider/lifecycle/properties";
import { serializedCredential } from "../../provider/serialized-provider";
import { ROLE_IDS, startSimulator } from "../../simulator";
import { absentId, paths } from "./support/client-requests";
import { type Properties, startDynamicProvider } from "./support/provider-process";
import { hasWorkingSecret, laterRun, service, startLifecycle, webApp } from "./support/lifecycle-run";
import { startOperations } from "./support/operations-run";
import { connection, stagingEnvironment } from "./support/second-organization";
import { failureOf, startSimulatedApi } from "./support/simulated-api";
import { configFor } from "./support/simulator-connection";
import { stackModels } from "./support/stack-model";

const startStackModel = stackModels();

/** A run that manages clients of two organizations. */
async function withTwo() {
	const staging = await startLifecycle({ seed: { divisions: [{ id: absentId, name: "Home", home: true }] } });
	const run = await startLifecycle({ environment: stagingEnvironment(staging) });
	return { run, staging };
}

const there = { ...service, connection };
const turn = (value: number) => ({ ...there, secretRotation: { rotateWhenChanged: { value } } });

describe("clients of two organizations in one run", () => {
	test("are each made in their own, with one login and one look-up of the home division for each", async () => {
		const { run, staging } = await withTwo();
		const programs = [1, 2, 3, 4].map((n) => Object.assign({}, n % 2 === 1 ? service : there, { name: `client ${n}` }));
		const made = await Promise.all(programs.map(async (program) => run.create(program)));
		for (const [n, { id, outs }] of made.entries()) {
			const own = n % 2 === 0 ? run : staging;
			const other = n % 2 === 0 ? staging : run;
			expect(hasWorkingSecret(own, id, outs)).toBe(true);
			expect(outs["homeDivisionId"]).toBe(n % 2 === 0 ? run.simulator.organization.divisions()[0]?.id : absentId);
			expect(other.simulator.organization.client(id)).toBeUndefined();
		}
		for (const { simulator } of [run, staging]) {
			expect(simulator.requests.count({ kind: "token" })).toBe(1);
			expect(simulator.requests.count({ template: paths.home })).toBe(1);
		}
	});

	test("live their whole life in it: read, updated, rotated, deleted", async () => {
		const { run, staging } = await withTwo();
		const { id, outs } = await run.create(turn(1));
		expect(await run.read(id, outs)).toEqual({ id, props: outs });
		const updated = await run.update(id, outs, { ...turn(2), name: "Renamed" });
		expect(hasWorkingSecret(staging, id, updated)).toBe(true);
		await run.delete(id, updated);
		expect(staging.simulator.organization.clients()).toEqual([]);
		expect(run.simulator.requests.all()).toEqual([]);
	});

	test("adopt by name in their own only", async () => {
		const { run, staging } = await withTwo();
		run.simulator.organization.addClient({ name: "there", authorizedGrantType: "CODE", scope: ["users"] });
		const { message } = await failureOf(run.create({ ...webApp, connection, adopt: { name: "there" } }));
		expect(message).toContain('no OAuth client named "there"');
		const { client } = staging.simulator.organization.addClient({
			name: "there",
			authorizedGrantType: "CODE",
			scope: ["users"],
		});
		expect((await run.create({ ...webApp, connection, adopt: { name: "there" } })).id).toBe(client.id);
	});
});

test("clients of two logins to one organization are each made by their own", async () => {
	const first = await startLifecycle();
	const { administrator, organization } = first.simulator;
	const roleDivisions = [ROLE_IDS.masterAdmin, ROLE_IDS.employee].map((roleId) => ({ roleId, divisionId: "*" }));
	const { client, secret = "" } = organization.addClient({ name: "Another pipeline", roleDivisions });
	const environment = { ...stagingEnvironment(first), STAGING_ID: client.id, STAGING_SECRET: secret };
	const run = laterRun(first, { environment });
	const made = await Promise.all([run.create(service), run.create({ ...there, name: "there" })]);
	expect(made.map(({ outs }) => outs["createdBy"])).toMatchObject([{ id: administrator.clientId }, { id: client.id }]);
});

test("a client of one organization is no reason against the adoption of its namesake in another", async () => {
	const { run: first, staging } = await withTwo();
	const entry = await startOperations(first).client("a").create(service);
	const run = startOperations(first, { environment: stagingEnvironment(staging) });
	await run.client("a").compare(service, entry);
	const adopting = { ...there, adopt: { name: service["name"] } };
	expect(await run.client("b").check(adopting)).toMatchObject({ adopts: true });
});

describe("a connection that changes", () => {
	test("keeps a client that is there under the new one too, and asks once", async () => {
		const { run, staging } = await withTwo();
		const { id, outs } = await run.create(there);
		const other = { ...connection, gatewayHost: "STAGING_HOST_2" };
		const { STAGING_HOST } = stagingEnvironment(staging);
		const second = await startLifecycle({
			environment: { ...stagingEnvironment(staging), STAGING_HOST_2: STAGING_HOST },
		});
		staging.simulator.requests.clear();
		const updated = await second.update(id, outs, { ...service, connection: other });
		expect(staging.calls()).toEqual(["GET /clients/{clientId} 200"]);
		expect(updated).toMatchObject({ clientSecret: outs["clientSecret"], connection: other });
	});

	test.each([
		["alone", {}],
		["with a setting", { name: "Renamed" }],
		["with a rotation", { secretRotation: { maxAgeDays: 1 } }],
	])("%s, and doesn't lead to the client, is refused: nothing is changed or made", async (_, change) => {
		const { run, staging } = await withTwo();
		const { id, outs } = await run.create(webApp);
		run.clock.advance(86_400_000);
		const failure = await failureOf<Partial<PartialFailure> & Error>(
			run.update(id, outs, { ...webApp, ...change, connection }),
		);
		expect(failure.message).toContain("isn't in the new organization");
		expect(failure.id).toBeUndefined();
		expect(staging.simulator.organization.clients()).toEqual([]);
		expect(hasWorkingSecret(run, id, outs)).toBe(true);
	});
});

test("the guard of a client that a change of its connection replaces is asked where the client is", async () => {
	const [ours, staging] = [await startSimulatedApi(), await startSimulatedApi()];
	const guarded = { ...webApp, deletionGuard: { inUseWithinDays: 7 } };
	const made = await startOperations(ours).client("app").create(guarded);
	ours.simulator.organization.addUsage({
		clientId: made.id,
		date: "2026-01-13",
		templateUri: "/api/v2/users",
		httpMethod: "GET",
		status200: 6,
	});
	const run = startOperations(ours, { environment: stagingEnvironment(staging) });
	const program = { ...guarded, connection, authorizedGrantType: "SAML2-BEARER" };
	expect((await failureOf(run.client("app").compare(program, made))).message).toContain("made 6 requests");
	expect(staging.simulator.requests.count()).toBe(0);
});

test("a client isn't forgotten because the connection leads to another organization: not by a refresh, nor by a delete", async () => {
	const { run, staging } = await withTwo();
	const { id, outs } = await run.create(service);
	const wrong = { ...outs, connection };
	for (const attempt of [run.read(id, wrong), run.delete(id, wrong)]) {
		expect((await failureOf(attempt)).message).toContain("so Pulumi may be logged in to another organization");
	}
	expect(run.simulator.organization.client(id)?.state).toBe("active");
	expect(staging.simulator.organization.clients()).toEqual([]);
});

test.each<[Properties, string]>([
	[{}, "region (or gatewayHost), and oauthClientId and oauthClientSecret (or accessToken)"],
	[{ region: "STAGING_REGION" }, "oauthClientId and oauthClientSecret (or accessToken)"],
	[{ accessToken: "STAGING_TOKEN" }, "region (or gatewayHost)"],
	[{ region: "STAGING_REGION", oauthClientId: "STAGING_ID" }, "oauthClientId and oauthClientSecret (or accessToken)"],
])("a connection that names %j is refused, and told what it needs", async (names, needs) => {
	const stack = await startStackModel();
	expect(await stack.fail("preview", { app: { ...service, connection: names } })).toContain(`must also name ${needs}`);
});

test("a connection whose variables or keys aren't set fails the preview, with all their names and no call; one not known yet passes", async () => {
	const stack = await startStackModel();
	const fromStack = { ...connection, oauthClientSecret: "staging:secret" };
	const { STAGING_SECRET, ...others } = stagingEnvironment(stack);
	Object.assign(stack.environment, others);
	stack.config["staging:secret"] = STAGING_SECRET;
	const program = { app: { ...service, connection: fromStack } };
	await stack.succeed("up", program);
	await stack.succeed("preview", program);
	stack.simulator.requests.clear();
	stack.environment["STAGING_ID"] = " ";
	delete stack.config["staging:secret"];
	// What doesn't change is told too: the program names what isn't there.
	expect(await stack.fail("preview", program)).toBe(
		"connection names what isn't set: STAGING_ID (connection.oauthClientId), staging:secret (connection.oauthClientSecret). Set environment variables or use pulumi config set (--secret for secrets)",
	);
	const names = { ...fromStack, oauthClientId: unknownValue };
	await stack.succeed("preview", { app: { ...service, connection: names } });
	expect(stack.simulator.requests.count()).toBe(0);
});

test("the names in a connection that is a secret aren't shown", async () => {
	const client = startOperations(await startSimulatedApi()).client("app");
	const program = { ...service, connection: { ...connection, oauthClientSecret: "STAGING_SECRET" } };
	const [shown, hidden] = [
		await failureOf(client.check(program)),
		await failureOf(client.check({ ...program, secretInputs: ["connection"] })),
	];
	expect(shown.message).toContain("STAGING_SECRET (connection.oauthClientSecret)");
	expect(hidden.message).toContain("[secret] (connection.oauthClientSecret)");
	expect(hidden.message).not.toContain("STAGING");
});

test("an integration credential reads a connection's keys in the stack's configuration, also in a program without clients", async () => {
	const simulator = await startSimulator();
	onTestFinished(async () => simulator.close());
	const provider = await startDynamicProvider();
	const config = configFor(simulator);
	await provider.configure(config);
	const credential = {
		name: "CRM",
		fields: { clientId: "a", clientSecret: "b" },
		connection: Object.fromEntries(Object.keys(config).map((key) => [key.split(":")[1], key])),
		fieldFingerprints: null,
		__provider: serializedCredential,
	};
	const { inputs, failures } = await provider.check(credential);
	expect(failures).toEqual([]);
	await provider.create(inputs);
	expect(simulator.organization.credentials()).toHaveLength(1);
});
