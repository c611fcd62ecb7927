import type { Properties } from "../../../provider/lifecycle/properties";
import { service } from "./lifecycle-run";
import { startOperations } from "./operations-run";
import { type SimulatedApi, startSimulatedApi } from "./simulated-api";

export const day = 86_400_000;
export const byValue = (quarter: string): Properties => ({ ...service, rotation: { rotateWhenChanged: { quarter } } });
export const byPeriod = (periodDays: number, more: Properties = {}): Properties => ({
	...service,
	rotation: { periodDays, ...more },
});

/** What state has of a pair. */
export type Entry = Awaited<ReturnType<ReturnType<ReturnType<typeof startOperations>["pair"]>["create"]>>;

/** A stack with a pair. */
export async function withPair(program: Properties = byValue("Q1")) {
	const simulated = await startSimulatedApi();
	const entry = await startOperations(simulated).pair("crm").create(program);
	simulated.simulator.requests.clear();
	return { simulated, entry, program };
}

/** A credential as an application was given it. */
export const current = ({ outs }: Entry) => ({
	id: outs["clientId"] as string,
	secret: outs["clientSecret"] as string,
});
export const previous = ({ outs }: Entry) => ({
	id: outs["previousClientId"] as string,
	secret: outs["previousClientSecret"] as string,
});
export const logsIn = ({ simulator }: SimulatedApi, { id, secret }: { id: string; secret: string }) =>
	simulator.organization.checkSecret(id, secret) && simulator.organization.client(id)?.state === "active";

/** The same stack after some days, in a run of its own. */
export function later(simulated: SimulatedApi, days: number, environment: Record<string, string> = {}) {
	simulated.clock.advance(days * day);
	simulated.simulator.requests.clear();
	return startOperations(simulated, { environment });
}
