import * as fc from "fast-check";
import { expect, test } from "vitest";
import { mark, unmark } from "../../plugin/values";
import { fieldsOf } from "../../provider/api/json";
import type { Properties } from "../../provider/lifecycle/properties";
import type { Snapshot } from "../../simulator";
import type { Row } from "../engine-model";
import type { SimulatedApi } from "../api/support/simulated-api";
import { mutate, mutation, otherId } from "./support/answer-mutations";
import { type Operation, operationsWith, type Outcome, perform, startRun } from "./support/answered-operations";
import { holds } from "./support/cases";
import { createSinkDouble, type SinkDouble } from "./support/sink-double";
import { expectReadable, startMutated } from "./support/mutated-organization";
import type { MutatingServer } from "./support/mutating-server";

/** What state has of each client, or of the credential: a pair has two. */
function entriesIn(row: Row | undefined): Properties[] {
	const { clientStates } = row?.outputs ?? {};
	return row === undefined
		? []
		: clientStates === undefined
			? [row.outputs]
			: Object.values(fieldsOf(clientStates)).map(fieldsOf);
}

const idsIn = (row: Row | undefined) =>
	entriesIn(row).map(({ clientId, credentialId = clientId }) => String(credentialId));

/** Looks at what state and organization hold after an operation. */
function expectSafe(
	{ simulator: { organization } }: SimulatedApi,
	{ operation, row: before, ids }: Prepared,
	{ row }: Outcome,
	sink: SinkDouble,
): void {
	const isCredential = operation.kind === "integrationCredential";
	const existing = (isCredential ? organization.credentials() : organization.clients()).map(({ id }) => id);
	// None is doubled, and one that was created is in state.
	const kept = idsIn(row);
	expect(existing.filter((id) => !ids.has(id)).toSorted()).toEqual(kept.filter((id) => !ids.has(id)).toSorted());
	// What left the state is gone.
	expect(idsIn(before).filter((id) => !kept.includes(id) && existing.includes(id))).toEqual([]);
	if (row === undefined) return;
	// Pulumi's protocol carries what is to be in state as it is: it is UTF-8.
	expect(JSON.stringify(row)).not.toMatch(/\\ud[89a-f]/);
	expect(unmark(mark(row.outputs)).properties).toEqual(row.outputs);
	expect(kept.length === 1 ? kept : [row.id]).toEqual([row.id]);
	if (isCredential) return;
	for (const client of entriesIn(row)) {
		const { clientId, pendingSecretSteps } = client;
		const id = String(clientId);
		if (!existing.includes(id)) continue;
		const isRenewed = Array.isArray(pendingSecretSteps) && pendingSecretSteps.includes("renew");
		const secret = client["keepSecretInState"] === false ? sink.stored.get(id)?.clientSecret : client["clientSecret"];
		expect(isRenewed || organization.checkSecret(id, String(secret))).toBe(true);
	}
	// Of a pair, the secret in use stays.
	const { clientId: current, clientSecret: inUse } = before?.outputs ?? {};
	const isOfPair = operation.kind === "rotatingOAuthClient" && existing.includes(String(current));
	expect(isOfPair && !organization.checkSecret(String(current), String(inUse))).toBe(false);
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
	/** What the sink has been given before. */
	stored: SinkDouble["stored"];
}

async function prepare(
	simulated: SimulatedApi,
	server: MutatingServer,
	operation: Operation,
	sink: SinkDouble,
): Promise<Prepared> {
	const { simulator } = simulated;
	sink.stored = new Map();
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
	for (const id of idsIn(row)) ids.add(id);
	const stored = new Map(sink.stored);
	server.plan();
	const outcome = await perform(startRun(simulated, server.url, environment), operation, row);
	expect(outcome.errors.join() || "no error").toMatch(operation.refusal ?? /^no error$/);
	return { operation, row, snapshot, ids, answers: server.answers, stored };
}

test("whatever an answer is like, no credential is lost, doubled or told, and the next run finishes", async () => {
	const { simulated, server, otherSecret } = await startMutated();
	const { simulator } = simulated;
	const sink = createSinkDouble();
	const empty = simulator.snapshot();
	const prepared: Record<string, Prepared> = {};
	for (const [name, operation] of Object.entries(operationsWith(sink.module))) {
		simulator.restore(empty);
		prepared[name] = await prepare(simulated, server, operation, sink);
	}
	const secrets = new Set(server.secrets);
	await holds(
		400,
		fc.asyncProperty(fc.constantFrom(...Object.keys(prepared)), fc.nat(11), mutation, async (name, turn, change) => {
			const { operation, row, snapshot, answers, stored } = prepared[name]!;
			sink.stored = new Map(stored);
			simulator.restore(snapshot);
			simulator.requests.clear();
			server.secrets = new Set(secrets);
			server.plan({ answer: turn % answers, of: (body) => mutate(body, change) });
			const run = startRun(simulated, server.url, operation.environment);
			const outcome = await perform(run, operation, row);
			for (const line of [...outcome.errors, ...run.notices]) expectReadable(line, server);
			expectSafe(simulated, prepared[name]!, outcome, sink);
			expect(simulator.organization.checkSecret(otherId, otherSecret)).toBe(true);
			expect(simulator.organization.client(otherId)?.name).toBe("Other");

			// The next run, in which nobody changes an answer.
			server.plan();
			if (operation.does === "preview" || (operation.does !== "up" && outcome.row === undefined)) return;
			const last = await perform(startRun(simulated, server.url, operation.environment), operation, outcome.row);
			expect(last.errors.join() || "no error").toMatch(operation.refusal ?? /^no error$/);
			expectSafe(simulated, prepared[name]!, last, sink);

			// The run after that has nothing left to do.
			if (operation.does !== "up") return;
			server.plan();
			await perform(startRun(simulated, server.url, operation.environment), operation, last.row);
			expect(server.answers).toBe(0);
		}),
	);
});
