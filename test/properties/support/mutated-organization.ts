import { expect } from "vitest";
import { startSimulatedApi } from "../../api/support/simulated-api";
import { otherId } from "./answer-mutations";
import { strangers } from "./answered-operations";
import { type MutatingServer, startMutatingServer } from "./mutating-server";

/** An organization, a server that changes an answer of it, and the secret of the stack's other client. */
export async function startMutated() {
	const simulated = await startSimulatedApi({ seed: { extraProperties: ["newSetting"] } });
	const { organization } = simulated.simulator;
	const other = organization.addClient({ id: otherId, name: "Other" });
	for (const stranger of strangers) organization.addClient(stranger);
	for (const { id, name } of [{ id: otherId, name: "Other" }, ...strangers])
		organization.addCredential({ id, name, type: "basicAuth", fields: { userName: "u", password: "p" } });
	organization.addAuthorization({ clientId: otherId, clientName: "Other", state: "Authorized" });
	const server = await startMutatingServer(simulated.simulator.url);
	const { secret: otherSecret = "" } = other;
	for (const secret of [otherSecret, ...strangers.map((each) => each.secret)]) server.secrets.add(secret);
	server.secrets.add(simulated.simulator.administrator.clientSecret);
	return { simulated, server, otherSecret };
}

/** Lines that a person can read, the further ones indented, with no secret and no word of a bug. */
export function expectReadable(told: string, { secrets }: MutatingServer): void {
	for (const line of told.split("\n    ")) {
		expect(line).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u);
		expect(line.length).toBeLessThan(2000);
		// gRPC can't send another one.
		expect(line.isWellFormed()).toBe(true);
	}
	expect(told).not.toContain("This is a bug");
	expect([...secrets].filter((secret) => told.includes(secret))).toEqual([]);
}
