import { untilCancelled } from "../../provider/api/cancellation";
import type { Clock } from "../../provider/api/clock";
import { fieldsOf } from "../../provider/api/json";
import { oneLine } from "../../provider/api/one-line";
import { type Connection } from "../../provider/config";
import type { Assumption, AssumptionId } from "./assumption";
import { assumptions } from "./catalog";
import { Exchange, NotSentError } from "./exchange";
import { type Leftover, MadeObjects } from "./made";
import type { Part } from "./part";
import { parts as allParts } from "./parts/index";
import type { Result } from "./result";
import { type Login, Trial } from "./trial";

const notDeleted = "not tried, since an object of an earlier part couldn't be deleted";

/** What every name that a run gives begins with. */
const namePrefix = "genesyscloud-oauth contract";

/** How a contract runs. */
export interface ContractOptions {
	connection: Connection;
	clock: Clock;
	/** The id of the organization that may be changed. */
	organizationId: string;
	/** Ends the run: the call under way is awaited, then everything is cleaned up. */
	stop: AbortSignal;
	/** What distinguishes this run's names. */
	run: string;
	/** The parts to try. @default all */
	parts?: readonly Part[];
	/** How many requests it may send, its clean-up included. @default 300 */
	maximumCalls?: number;
	/** Called when a part begins. */
	onPart?: (name: string) => void;
}

/** What a run found. */
export interface ContractOutcome {
	/** A result for each assumption, in the order of the catalogue. */
	results: Result[];
	/** What could not be deleted; empty if nothing is left. */
	leftovers: Leftover[];
	/** How many requests were sent. */
	calls: number;
	/** How long it took, in seconds by the clock. */
	seconds: number;
	/** Whether it was stopped before its end. */
	stopped: boolean;
}

/** The login is of another organization than the one that may be changed; nothing was changed. */
class OtherOrganizationError extends Error {
	override readonly name = "OtherOrganizationError";
}

/**
 * Tries what is assumed about the API, and deletes what it made for that, whatever happens.
 *
 * @throws OtherOrganizationError, or the error of the login, before anything was made
 */
export async function tryContract(options: ContractOptions): Promise<ContractOutcome> {
	const { connection, clock, stop, parts = allParts, maximumCalls = 300 } = options;
	const start = clock.now();
	let isCleaning = false;
	const stoppable = untilCancelled(clock, stop);
	const pausing: Clock = {
		now: () => clock.now(),
		sleep: async (milliseconds) => (isCleaning ? clock : stoppable).sleep(milliseconds),
	};
	const exchange: Exchange = new Exchange({ ...connection, clock: pausing }, (calls) => {
		if (calls >= maximumCalls) throw new NotSentError("the run had no more calls");
		if (isCleaning) return;
		if (stop.aborted) throw new NotSentError("the run was stopped");
		if (calls >= maximumCalls - made.callsNeeded)
			throw new NotSentError("the calls that were left are those of the clean-up");
	});
	const made = new MadeObjects(exchange, clock);
	const found = new Map<AssumptionId, Result>();
	const leftovers: Leftover[] = [];
	const login = await loginOf(exchange, options);
	for (const part of parts) {
		options.onPart?.(part.name);
		const prefix = `${namePrefix} ${options.run}`;
		const trial = new Trial({ exchange, made, clock: stoppable, part, prefix, login });
		// Whoever can't delete makes no more of it.
		const failure = leftovers.length > 0 ? notDeleted : await failureOf(part, trial, stop);
		isCleaning = true;
		leftovers.push(...(await made.deleteAll()));
		isCleaning = false;
		for (const id of part.tries) {
			found.set(id, trial.results.get(id) ?? { id, verdict: "untried", seen: failure ?? "its part gave no result" });
		}
	}
	const results = assumptions.map((assumption) => found.get(assumption.id) ?? withoutPart(assumption));
	const hide = exchange.hider();
	return {
		results: results.map((result) => Object.assign(result, { seen: hide(result.seen) })),
		leftovers,
		calls: exchange.calls,
		seconds: Math.round((clock.now() - start) / 1000),
		stopped: stop.aborted,
	};
}

const withoutPart = ({ id, untried = "its part wasn't run" }: Assumption): Result => ({
	id,
	verdict: "untried",
	seen: untried,
});

async function failureOf(part: Part, trial: Trial, stop: AbortSignal): Promise<string | undefined> {
	try {
		await part.run(trial);
		return undefined;
	} catch (error) {
		if (stop.aborted) return "the run was stopped";
		return oneLine(error instanceof Error ? error.message : String(error));
	}
}

/** Who logs in, after it is sure that the organization is the one that may be changed. */
async function loginOf(exchange: Exchange, { connection, organizationId }: ContractOptions): Promise<Login> {
	const { body: organization, status } = await exchange.call("GET", "/api/v2/organizations/me");
	if (organization["id"] !== organizationId) {
		const got = typeof organization["id"] === "string" ? "is of another organization" : `doesn't say so (${status})`;
		throw new OtherOrganizationError(
			`the contract may change organization ${organizationId} only, but the login ${got}; nothing was changed. Check --organization and the credentials`,
		);
	}
	const clientId =
		"clientId" in connection.credentials ? connection.credentials.clientId : await clientOfToken(exchange);
	if (clientId === undefined) return { clientId, roleIds: [] };
	const { body: client } = await exchange.call("GET", `/api/v2/oauth/clients/${encodeURIComponent(clientId)}`);
	const listed = Array.isArray(client["roleIds"]) ? client["roleIds"] : [];
	const paired = Array.isArray(client["roleDivisions"]) ? client["roleDivisions"] : [];
	const roleIds = [...listed, ...paired.map((pair) => fieldsOf(pair)["roleId"])].filter(
		(role) => typeof role === "string",
	);
	return { clientId, roleIds: [...new Set(roleIds)] };
}

async function clientOfToken(exchange: Exchange): Promise<string | undefined> {
	const { body } = await exchange.call("GET", "/api/v2/tokens/me");
	const { id } = fieldsOf(body["OAuthClient"]);
	return typeof id === "string" ? id : undefined;
}
