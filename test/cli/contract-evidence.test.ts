import { expect, test } from "vitest";
import type { AssumptionId } from "../../cli/contract/assumption";
import type { ContractOutcome } from "../../cli/contract/contract";
import { tryContract } from "../../cli/contract/contract";
import { parts } from "../../cli/contract/parts/index";
import { exitCodeOf, reportOn } from "../../cli/contract/report";
import type { CredentialTypeSeed, Fault } from "../../simulator";
import { type OtherReading, runContractOn, startContractSimulator } from "./support/contract-run";

const client = "/api/v2/oauth/clients/{clientId}";
const credential = "/api/v2/integrations/credentials/{credentialId}";

const resultOf = ({ results }: ContractOutcome, id: AssumptionId) => results.find((result) => result.id === id);
const idsOf = ({ results }: ContractOutcome, verdict: string) =>
	results.filter((result) => result.verdict === verdict).map(({ id }) => id);

/** The parts that try some assumptions. */
const partsOf = (...ids: AssumptionId[]) => ({
	parts: parts.filter(({ tries }) => tries.some((id) => ids.includes(id))),
});

const answer = (method: string, path: string, fault: Partial<Fault> & { status: number }) => ({
	faults: [{ kind: "status", method, path, times: 1, ...fault } as Fault],
});
const types = (...credentialTypes: CredentialTypeSeed[]) => ({ seed: { assumptions: { credentialTypes } } });

/** Other ways in which an assumption may not hold, and what the report says of them. */
const ways: [id: AssumptionId, seen: string, reading: Omit<OtherReading, "id">][] = [
	["A5", "one without a userName is accepted", types({ name: "pureCloudOAuthClient" }, { name: "basicAuth" })],
	[
		"A49",
		"a TOKEN client without a redirect URI is refused",
		answer("POST", "/api/v2/oauth/clients", { status: 400, code: "constraint.validation", skip: 1 }),
	],
	[
		"A50",
		"refused: https://contract.example/callback",
		answer("PUT", client, { status: 400, code: "constraint.validation", times: 2 }),
	],
	[
		"A54",
		"a PUT with what was read is refused: allowedIpAddresses",
		answer("GET", client, { status: 200, body: { name: "contract", allowedIpAddresses: [] }, skip: 2 }),
	],
	["A69", "clientSecret is shown as an empty text", { seed: { integrationCredentials: { redaction: "empty" } } }],
	[
		"A69",
		"clientSecret is shown as another text, of 8 characters",
		answer("GET", credential, { status: 200, body: { credentialFields: { clientSecret: "****1234" } } }),
	],
	["A71", "a PUT without clientSecret is refused", answer("PUT", credential, { status: 400, code: "invalid.value" })],
	[
		"A78",
		"/api/v2/authorization/roles makes it a pageSize of 500",
		answer("GET", "/api/v2/authorization/roles", { status: 200, body: { entities: [], pageSize: 500 } }),
	],
	[
		"A79",
		"/api/v2/authorization/roles: only beginnings of names; /api/v2/authorization/divisions: only beginnings of names",
		{ seed: { authorizationLists: { nameFilter: "startsWith" } } },
	],
	[
		"A79",
		"/api/v2/authorization/roles: only whole names; /api/v2/authorization/divisions: only whole names",
		{ seed: { authorizationLists: { nameFilter: "equals" } } },
	],
	[
		"A81",
		"a role has a userCount although none was asked for",
		{ seed: { authorizationLists: { uncountedUsers: "zero" } } },
	],
	[
		"A85",
		"20 calls; a job counts 21",
		answer("GET", "/api/v2/usage/client/{clientId}/aggregates/query/jobs/{jobId}", {
			status: 200,
			body: { queryStatus: "Succeeded", entities: [{ requestCount: 21 }] },
		}),
	],
];

test.each(ways)("%s differs: %s", async (id, seen, reading) => {
	const { outcome } = await runContractOn(reading, partsOf(id));
	expect(resultOf(outcome, id)).toMatchObject({ verdict: "differs", seen });
});

test("an organization that lags differs in its lags only", async () => {
	const ms = 8000;
	const lag = { secretByLogin: ms, clientByLogin: ms, clientById: ms, clientInList: ms, roleGrant: ms };
	const changes = { clientChangeById: ms, clientChangeInList: ms, credentialById: ms, credentialInList: ms };
	const { outcome } = await runContractOn({ seed: { lag: { ...lag, ...changes, refusalsAreCached: true } } });
	expect(idsOf(outcome, "differs")).toEqual(["A1", "A16", "A40", "A41", "A57"]);
	expect(exitCodeOf(reportOn(outcome, { host: "simulator", date: "" }))).toBe(3);
	expect(outcome.leftovers).toEqual([]);
});

test("what needs a permission that the login lacks couldn't be tried, and nothing differs", async () => {
	const { simulator, options } = await startContractSimulator();
	simulator.organization.setPermissions(simulator.administrator.clientId, ["oauth:client:view"]);
	const outcome = await tryContract({ ...options, stop: new AbortController().signal });
	expect(idsOf(outcome, "differs")).toEqual([]);
	expect(resultOf(outcome, "A74")?.seen).toContain("integrations:integration:add");
	expect(resultOf(outcome, "A82")?.seen).toContain("authorization:role:view");
	expect(resultOf(outcome, "A58")?.seen).toContain("oauth:client:add");
});

test("without an integration, usage or fields that are shown, what needs them couldn't be tried", async () => {
	const integrationCredentials = { redaction: "omitted", showsClientId: false } as const;
	const { outcome } = await runContractOn(
		{ seed: { integrations: [], usage: [], integrationCredentials } },
		partsOf("A4", "A6"),
	);
	expect(idsOf(outcome, "differs")).toEqual(["A69", "A70"]);
	expect(idsOf(outcome, "untried")).toEqual(expect.arrayContaining(["A4", "A6", "A71", "A83", "A85", "A87", "A91"]));
});

test("a usage query that is slow shows nothing", async () => {
	const { outcome } = await runContractOn({ seed: { usageQueries: { runningPolls: 20 } } }, partsOf("A90"));
	expect(idsOf(outcome, "differs")).toEqual([]);
	expect(resultOf(outcome, "A90")).toMatchObject({ seen: "a usage query was still running after 60 s" });
});

test("a client with roleIds that is returned with divisions is in the home division", async () => {
	const { outcome } = await runContractOn(
		{ seed: { assumptions: { clientsHaveBothRoleForms: true } } },
		partsOf("A59"),
	);
	expect(resultOf(outcome, "A59")?.verdict).toBe("holds");
});
