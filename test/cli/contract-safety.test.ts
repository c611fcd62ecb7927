import { describe, expect, test } from "vitest";
import type { Part } from "../../cli/contract/part";
import { tryContract } from "../../cli/contract/contract";
import { Exchange, type Method } from "../../cli/contract/exchange";
import { clientSettings } from "../../cli/contract/parts/client-settings";
import { olderGrants } from "../../cli/contract/parts/grants";
import { newClient } from "../../cli/contract/parts/new-client";
import { exitCodeOf, reportOn, toMarkdown } from "../../cli/contract/report";
import { createManualClock, type Fault, ROLE_IDS } from "../../simulator";
import { runContractOn, startContractSimulator } from "./support/contract-run";
import { startRecorder } from "./support/recorder";

const clients = "/api/v2/oauth/clients";
const others = [
	{ id: "0a600000-0000-4000-8000-000000000010", name: "CRM", authorizedGrantType: "CODE" as const, scope: ["users"] },
	{
		id: "0a600000-0000-4000-8000-000000000011",
		name: "genesyscloud-oauth contract",
		authorizedGrantType: "CODE" as const,
		scope: ["users"],
	},
];

/** A part that makes a client and then does something. */
const partThat = (act: Part["run"], tries: Part["tries"] = ["A1"]): Part => ({
	name: "a part of a test",
	tries,
	async run(trial) {
		trial.fine(await trial.makeClient("of a test"), "the creation");
		await act(trial);
	},
});

describe("what a run made is deleted", () => {
	test("and nothing else is touched by a whole run", async () => {
		const { simulator, options } = await startContractSimulator({ seed: { clients: others } });
		const before = simulator.organization.clients();
		await tryContract({ ...options, stop: new AbortController().signal });
		expect(simulator.organization.clients()).toEqual(before);
	});

	test("when its part fails", async () => {
		const failing = partThat(async () => {
			throw new Error("of a test");
		});
		const { simulator, outcome } = await runContractOn({}, { parts: [failing] });
		expect(outcome.results.find(({ id }) => id === "A1")).toMatchObject({ verdict: "untried", seen: "of a test" });
		expect(simulator.organization.clients()).toEqual([]);
	});

	test("when the run is stopped in the middle, and what wasn't tried says so", async () => {
		const { simulator, options } = await startContractSimulator();
		const stopping = new AbortController();
		const outcome = tryContract({ ...options, stop: stopping.signal });
		await simulator.requests.whenReceived({ method: "POST", template: `${clients}/{clientId}/secret` });
		stopping.abort();
		const { results, stopped, leftovers } = await outcome;
		expect(stopped).toBe(true);
		const methods = simulator.requests.all().map(({ method, template }) => `${method} ${template}`);
		const secretAt = methods.lastIndexOf(`POST ${clients}/{clientId}/secret`);
		expect(methods.slice(secretAt + 1)).toEqual([`PUT ${clients}/{clientId}`, `DELETE ${clients}/{clientId}`]);
		expect(leftovers).toEqual([]);
		expect(results.find(({ id }) => id === "A30")).toMatchObject({ verdict: "untried", seen: "the run was stopped" });
		expect(simulator.organization.clients()).toEqual([]);
	});

	test("and a wait for the rate limit ends when the run is stopped", async () => {
		const { simulator, options } = await startContractSimulator();
		simulator.faults.add({ kind: "status", method: "POST", path: clients, status: 429, retryAfterSeconds: 100 });
		const stopping = new AbortController();
		const clock = createManualClock({ now: simulator.clock.now() });
		const parts = [partThat(async () => undefined)];
		const outcome = tryContract({ ...options, clock, parts, stop: stopping.signal });
		await clock.whenSleeping();
		stopping.abort();
		expect((await outcome).results.find(({ id }) => id === "A1")?.seen).toBe("the run was stopped");
	});

	test("when the calls are used up, with the calls that were kept for that", async () => {
		const greedy = partThat(async (trial) => {
			for (;;) await trial.call("GET", "/api/v2/organizations/me");
		});
		const { simulator, outcome } = await runContractOn({}, { parts: [greedy], maximumCalls: 30 });
		expect(outcome.results.find(({ id }) => id === "A1")?.seen).toMatch(/calls/);
		expect(outcome.calls).toBe(simulator.requests.count());
		expect(outcome.calls).toBeLessThanOrEqual(30);
		expect(simulator.organization.clients()).toEqual([]);
	});

	test.each<[string, Fault]>([
		["had no answer", { kind: "cut", method: "POST", path: clients, when: "after" }],
		["was answered by a gateway's error", { kind: "html", method: "POST", path: clients, when: "after" }],
		["has an answer without its id", { kind: "malformed", method: "POST", path: clients, when: "after" }],
	])("when its creation %s: it is found by its name, on any page of the list", async (_, fault) => {
		const { simulator, outcome } = await runContractOn(
			{ faults: [fault], seed: { clients: others, clientsPerPage: 1 } },
			{ parts: [partThat(async () => undefined)] },
		);
		expect(outcome.leftovers).toEqual([]);
		expect(simulator.organization.clients()).toHaveLength(others.length);
	});

	test("when the API knows it only later", async () => {
		const { simulator, outcome } = await runContractOn(
			{ seed: { lag: { clientById: 20_000 } } },
			{ parts: [partThat(async () => undefined)] },
		);
		expect(outcome.leftovers).toEqual([]);
		expect(simulator.organization.clients()).toEqual([]);
	});
});

test("what can't be deleted is in the report, with its id and what to do, and no more is made", async () => {
	const fault: Fault = {
		kind: "status",
		method: "DELETE",
		path: `${clients}/{clientId}`,
		status: 403,
		times: "always",
	};
	const two = [partThat(async () => undefined), partThat(async () => undefined, ["A2"])];
	const { simulator, outcome } = await runContractOn({ faults: [fault] }, { parts: two });
	expect(outcome.results.find(({ id }) => id === "A2")?.seen).toMatch(/couldn't be deleted/);
	const [left] = simulator.organization.clients();
	expect(outcome.leftovers).toMatchObject([{ kind: "client", id: left?.id, name: left?.name }]);
	const report = reportOn(outcome, { host: "simulator", date: "" });
	expect(exitCodeOf(report)).toBe(1);
	const markdown = toMarkdown(report);
	expect(markdown).toContain(
		`- client ${left?.id} "genesyscloud-oauth contract test of a test": set it to inactive, then delete it`,
	);
});

test.each<[Method, string]>([
	["DELETE", ""],
	["PUT", ""],
	["POST", "/secret"],
])("a write to what the run didn't make is refused before it is sent: %s %s", async (method, rest) => {
	const [other] = others;
	const strange = partThat(async (trial) => {
		await trial.call(method, `${clients}/${other?.id}${rest}`);
	});
	const { simulator, outcome } = await runContractOn({ seed: { clients: others } }, { parts: [strange] });
	expect(outcome.results.find(({ id }) => id === "A1")?.seen).toMatch(/could change what the run didn't make/);
	expect(simulator.requests.all().filter(({ path }) => path.includes(other?.id ?? ""))).toEqual([]);
});

test("in another organization than the one that is named nothing is made", async () => {
	const { simulator, options } = await startContractSimulator();
	const outcome = tryContract({ ...options, organizationId: "another", stop: new AbortController().signal });
	await expect(outcome).rejects.toThrow("the login is of another organization; nothing was changed");
	expect(simulator.requests.all().map(({ path }) => path)).toEqual(["/oauth/token", "/api/v2/organizations/me"]);
});

test("no secret and no token that was issued is in a report, in what the API says neither", async () => {
	const { simulator, options } = await startContractSimulator();
	const { clientSecret } = simulator.administrator;
	const message = `The secret ${clientSecret} is known.`;
	simulator.faults.add({
		kind: "status",
		method: "GET",
		path: "/api/v2/tokens/me",
		status: 400,
		message,
		times: "always",
	});
	const issued = await startRecorder(simulator);
	const connection = { ...options.connection, hosts: issued.hosts };
	const outcome = await tryContract({ ...options, connection, stop: new AbortController().signal });
	const report = reportOn(outcome, { host: "simulator", date: "" });
	const texts = `${JSON.stringify(report)}${toMarkdown(report)}`;
	expect(texts).toContain("The secret [secret] is known.");
	expect(issued.secrets.length).toBeGreaterThan(15);
	for (const secret of [clientSecret, ...issued.secrets]) expect(texts).not.toContain(secret);
});

test("a path that an answer gives can't lead a token to another host", async () => {
	const { simulator, options } = await startContractSimulator();
	const exchange = new Exchange({ ...options.connection, clock: options.clock }, () => undefined);
	for (const path of ["@example.com/api/v2/oauth/clients", "https://example.com/api/v2/", ".example.com/api/v2/"])
		await expect(exchange.call("GET", path)).rejects.toThrow("a path of the API begins with /api/v2/");
	expect(simulator.requests.count()).toBe(0);
});

// The API might quote any of them in a message.
test("each secret and token that was issued or used is hidden, whatever text it stands in", async () => {
	const { simulator, options } = await startContractSimulator();
	const issued = await startRecorder(simulator);
	const exchange = new Exchange({ ...options.connection, hosts: issued.hosts, clock: options.clock }, () => undefined);
	const client = { name: "A", authorizedGrantType: "CLIENT-CREDENTIALS", roleIds: [ROLE_IDS.employee] };
	const { body } = await exchange.call("POST", clients, { json: client });
	await exchange.login(
		{ id: String(body["id"]), secret: String(body["secret"]) },
		{ grant_type: "client_credentials" },
	);
	const all = [simulator.administrator.clientSecret, ...issued.secrets];
	expect(all).toHaveLength(4);
	expect(exchange.hider()(all.join(" "))).toBe(all.map(() => "[secret]").join(" "));
});

test.each([403, 429, 503])("an answer %s shows nothing: what it would tell couldn't be tried", async (status) => {
	const retryAfterSeconds = 1000;
	const fault: Fault = { kind: "status", method: "POST", path: clients, status, retryAfterSeconds, times: "always" };
	const { outcome } = await runContractOn({ faults: [fault] }, { parts: [newClient, clientSettings, olderGrants] });
	expect(outcome.results.filter(({ verdict }) => verdict === "differs")).toEqual([]);
	expect(outcome.results.find(({ id }) => id === "A8")).toMatchObject({ verdict: "untried", status });
});
