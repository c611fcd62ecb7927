/**
 * The entry that the text in Pulumi's state calls: `require("pulumi-genesyscloud-oauth/lifecycle")`. State written years ago still
 * calls it, so neither this path nor a name or a parameter here may ever change; what stands behind them may.
 */
import { check as checkInputs } from "./check";
import { create as createClient } from "./create";
import { deleteClient } from "./delete";
import { diff as diffClient } from "./diff";
import { presentable } from "./failures";
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

const nameOf = ({ name }: Settings) => (typeof name === "string" ? `OAuth client "${name}"` : "OAuth client");

/** Takes the stack's configuration; Pulumi calls it before the first operation, without waiting for it. */
export async function configure(request: { config: { get(key: string): string | undefined } }): Promise<void> {
	session.configure((key) => request.config.get(key));
}

/** Validates what a program declares, without a call to the API. */
export async function check(_olds: Settings, news: Settings) {
	return shown("checking an OAuth client", () => checkInputs(news));
}

/** Says whether a client changes, and whether it must be replaced. */
export async function diff(_id: string, olds: Settings, news: Settings) {
	return diffClient(olds, news);
}

/** Makes a client. */
export async function create(inputs: Settings) {
	return shown(`creating ${nameOf(inputs)}`, () => createClient(session.api(), () => session.homeDivision(), inputs));
}

/** Reads a client. */
export async function read(id: string, props: Settings = {}) {
	return shown(`reading OAuth client ${id}`, () => readClient(session.api(), id, props));
}

/** Changes a client in place. */
export async function update(id: string, olds: Settings, news: Settings) {
	return shown(`updating ${nameOf(news)}`, () =>
		updateClient(session.api(), () => session.homeDivision(), id, olds, news),
	);
}

/** Deletes a client. */
async function remove(id: string, props: Settings = {}) {
	return shown(`deleting ${nameOf(props)} (${id})`, () => deleteClient(session.api(), id, props));
}
export { remove as delete };
