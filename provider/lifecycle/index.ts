/**
 * The entry that the text in Pulumi's state calls: `require("pulumi-genesyscloud-oauth/lifecycle")`. State written years ago still
 * calls it, so neither this path nor a name or a parameter here may ever change; what stands behind them may.
 */
import { adoptionOf } from "./adoption";
import { check as checkInputs } from "./check";
import { labelOf } from "./client-label";
import { create as createClient } from "./create";
import { deleteClient } from "./delete";
import { ignoreGone, refuseWhenInUse } from "./deletion-guard";
import { diff as diffClient } from "./diff";
import { presentable, withoutValue } from "./failures";
import { read as readClient } from "./read";
import { session } from "./session";
import type { Settings } from "./settings";
import { update as updateClient } from "./update";

async function shown<T>(action: string, work: () => T | Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw presentable(action, error);
	}
}

/** Takes the stack's configuration; Pulumi calls it before the first operation, without waiting for it. */
export async function configure(request: { config: { get(key: string): string | undefined } }): Promise<void> {
	session.configure((key) => request.config.get(key));
}

/**
 * Clients whose drift a refresh has just found. Pulumi's next question about such a client is how to show that; it leads to no
 * replacement, so nothing is refused.
 */
const drifted = new Set<string>();

/** Whether this process serves a program: for a destroy and a refresh without one Pulumi checks nothing. */
let servesProgram = false;

/** The clients that the program goes on managing. */
const managed = new Set<string>();

/** Validates what a program declares, without a call to the API. */
export async function check(_olds: Settings, news: Settings) {
	servesProgram = true;
	return shown("checking an OAuth client", () => {
		const { inputs, failures } = checkInputs(news);
		return { inputs, failures: failures.map(withoutValue) };
	});
}

/** Says whether a client changes, and whether it must be replaced. */
export async function diff(id: string, olds: Settings, news: Settings) {
	session.know(id);
	const { notices, ...result } = diffClient(olds, news, session.now());
	for (const notice of notices) session.notice(notice);
	const wasAdopted = (adoptionOf(olds) ?? adoptionOf(news)) !== undefined;
	if (servesProgram && result.replaces.length === 0) {
		managed.add(id);
		if (wasAdopted) session.keep(id);
	}
	// A replacement ends with a delete: better refused in the preview than after the new client was made.
	if (result.replaces.length > 0 && olds["deletionGuard"] !== undefined && !drifted.delete(id)) {
		await shown(`replacing ${labelOf(olds, id)}`, async () =>
			ignoreGone(async () => refuseWhenInUse(session.context(olds, "delete"), id, olds)),
		);
	}
	return result;
}

/** Makes a client. */
export async function create(inputs: Settings) {
	return shown(`creating ${labelOf(inputs)}`, async () => createClient(session.context(inputs, "create"), inputs));
}

/** Reads a client. */
export async function read(id: string, props: Settings = {}) {
	const found = await shown(`reading OAuth client ${id}`, async () =>
		readClient(session.context(props, "read"), id, props),
	);
	if (found.inputs !== undefined) drifted.add(id);
	return found;
}

/** Changes a client in place. */
export async function update(id: string, olds: Settings, news: Settings) {
	return shown(`updating ${labelOf(news)}`, async () => updateClient(session.context(news, "update"), id, olds, news));
}

/** Deletes a client. */
async function remove(id: string, props: Settings = {}) {
	// Two entries of one client come from an adoption, which the one that stays may say no more.
	if (adoptionOf(props) !== undefined && managed.has(id)) session.keep(id);
	return shown(`deleting ${labelOf(props, id)}`, async () => deleteClient(session.context(props, "delete"), id, props));
}
export { remove as delete };

export { rotationTurn } from "./rotation-turn";
