import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isGenesysCloudError } from "../../provider/api/errors";
import { createOAuthApi } from "../../provider/api/genesys-cloud-api";
import type { Snapshot } from "../../simulator";
import type { Row } from "../engine-model";
import { hostsOf, type SimulatedApi, startSimulatedApi } from "../api/support/simulated-api";
import { mutate, mutation, otherId } from "./support/answer-mutations";
import {
	lookups,
	type Operation,
	operations,
	type Outcome,
	perform,
	startRun,
	strangerId,
} from "./support/answered-operations";
import { holds } from "./support/cases";
import { type MutatingServer, startMutatingServer } from "./support/mutating-server";

/** An organization, a server that changes an answer of it, and the secret of the stack's other client. */
async function start() {
	const simulated = await startSimulatedApi();
	const { organization } = simulated.simulator;
	const [other, stranger] = (
		[
			[otherId, "Other"],
			[strangerId, "Stranger"],
		] as const
	).map(([id, name]) => {
		organization.addCredential({ id, name, type: "basicAuth", fields: { userName: "u", password: "p" } });
		return organization.addClient({ id, name });
	});
	organization.addAuthorization({ clientId: otherId, clientName: "Other", state: "Authorized" });
	const server = await startMutatingServer(simulated.simulator.url);
	for (const each of [other, stranger]) server.secrets.add(each?.secret ?? "");
	server.secrets.add(simulated.simulator.administrator.clientSecret);
	return { simulated, server, otherSecret: other?.secret ?? "" };
}

/** Lines that a person can read, the further ones indented, with no secret and no word of a bug. */
function expectReadable(told: string, { secrets }: MutatingServer): void {
	for (const line of told.split("\n    ")) {
		expect(line).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u);
		expect(line.length).toBeLessThan(2000);
	}
	expect(told).not.toContain("This is a bug");
	expect([...secrets].filter((secret) => told.includes(secret))).toEqual([]);
}

/** Looks at the errors and notices of an operation, and at what state and organization hold after it. */
function expectSafe(
	{ simulator: { organization } }: SimulatedApi,
	{ operation: { kind }, row: before, ids }: Prepared,
	{ row }: Outcome,
): void {
	const isClient = kind === "oauthClient";
	const existing = isClient ? organization.clients() : organization.credentials();
	const created = existing.map(({ id }) => id).filter((id) => !ids.has(id));
	// None is doubled, and one that was created is in state.
	expect(created).toEqual(row === undefined || ids.has(row.id) ? [] : [row.id]);
	// What left the state is gone.
	expect(row?.id !== before?.id && existing.some(({ id }) => id === before?.id)).toBe(false);
	if (row === undefined) return;
	expect(row.outputs[isClient ? "clientId" : "credentialId"]).toBe(row.id);
	if (!isClient || organization.client(row.id) === undefined) return;
	const { clientSecret, pendingSecretSteps } = row.outputs;
	const isRenewed = Array.isArray(pendingSecretSteps) && pendingSecretSteps.includes("renew");
	expect(isRenewed || organization.checkSecret(row.id, String(clientSecret))).toBe(true);
}

/** An operation, ready to be done again and again. */
interface Prepared {
	operation: Operation;
	row: Row | undefined;
	snapshot: Snapshot;
	/** The ids of what there is. */
	ids: Set<string>;
	/** How many answers the operation gets. */
	answers: number;
}

async function prepare(simulated: SimulatedApi, server: MutatingServer, operation: Operation): Promise<Prepared> {
	const { simulator } = simulated;
	const { before, meanwhile, environment } = operation;
	const earlier: Operation = { ...operation, program: before ?? {}, does: "up" };
	const run = startRun(simulated, server.url);
	const made = before === undefined ? undefined : await perform(run, earlier, undefined);
	const row = made?.row;
	expect(made?.errors ?? []).toEqual([]);
	if (row !== undefined) {
		if (operation.does === "refresh") row.outputs["detectSecretReset"] = true;
		meanwhile?.(simulated, row.id);
	}
	const snapshot = simulator.snapshot();
	const { organization } = simulator;
	const ids = new Set([...organization.clients(), ...organization.credentials()].map(({ id }) => id));
	if (row !== undefined) ids.add(row.id);
	server.plan();
	await perform(startRun(simulated, server.url, environment), operation, row);
	return { operation, row, snapshot, ids, answers: server.answers };
}

test("whatever an answer is like, no credential is lost, doubled or told, and the next run finishes", async () => {
	const { simulated, server, otherSecret } = await start();
	const { simulator } = simulated;
	const empty = simulator.snapshot();
	const prepared: Record<string, Prepared> = {};
	for (const [name, operation] of Object.entries(operations)) {
		simulator.restore(empty);
		prepared[name] = await prepare(simulated, server, operation);
	}
	const secrets = new Set(server.secrets);
	await holds(
		400,
		fc.asyncProperty(fc.constantFrom(...Object.keys(prepared)), fc.nat(11), mutation, async (name, turn, change) => {
			const { operation, row, snapshot, answers } = prepared[name]!;
			simulator.restore(snapshot);
			simulator.requests.clear();
			server.secrets = new Set(secrets);
			server.plan({ answer: turn % answers, of: (body) => mutate(body, change) });
			const run = startRun(simulated, server.url, operation.environment);
			const outcome = await perform(run, operation, row);
			for (const line of [...outcome.errors, ...run.notices]) expectReadable(line, server);
			expectSafe(simulated, prepared[name]!, outcome);
			expect(simulator.organization.checkSecret(otherId, otherSecret)).toBe(true);
			expect(simulator.organization.client(otherId)?.name).toBe("Other");

			// The next run, in which nobody changes an answer.
			server.plan();
			if (operation.does === "preview" || (operation.does !== "up" && outcome.row === undefined)) return;
			const last = await perform(startRun(simulated, server.url, operation.environment), operation, outcome.row);
			expect(last.errors.join() || "no error").toMatch(operation.refusal ?? /^no error$/);
			expectSafe(simulated, prepared[name]!, last);

			// The run after that has nothing left to do.
			if (operation.does !== "up") return;
			server.plan();
			await perform(startRun(simulated, server.url, operation.environment), operation, last.row);
			expect(server.answers).toBe(0);
		}),
	);
});

test("whatever an answer is like, a lookup returns no secret, and its error is one line", async () => {
	const { simulated, server } = await start();
	const { simulator, ourClock } = simulated;
	const secrets = new Set(server.secrets);
	await holds(
		200,
		fc.asyncProperty(fc.constantFrom(...Object.keys(lookups)), fc.nat(3), mutation, async (name, answer, change) => {
			server.secrets = new Set(secrets);
			server.plan({ answer, of: (body) => mutate(body, change) });
			const credentials = { ...simulator.administrator, source: "the tests" };
			const api = createOAuthApi({ hosts: hostsOf(server.url), credentials, clock: ourClock });
			const outcome = await lookups[name]!(api, simulated).then(
				(found) => ({ told: "found", found: JSON.stringify(found) }),
				(error: unknown) => ({ told: isGenesysCloudError(error) ? error.message : "This is a bug", found: "" }),
			);
			expectReadable(outcome.told, server);
			expect([...server.secrets].filter((secret) => outcome.found.includes(secret))).toEqual([]);
		}),
	);
});
