import { isDeepStrictEqual } from "node:util";
import type { ClientRecord, Simulator } from "../../../../simulator";
import type { Done } from "./done";
import type { Ledger } from "./ledger";
import { checkSecrets } from "./model-secrets";
import { checkSettings } from "./model-settings";
import { eachClient } from "./program";
import { type Entry, entryAt, holdersOf, isDeactivated, isLive, liveIds, type Snapshot } from "./snapshot";
import { hold, Violation } from "./violation";

const describe = ({ clients, credentials }: Snapshot, id: string) =>
	`${id} (${clients.get(id)?.name ?? credentials.get(id)?.name ?? "not there"})`;

const day = 86_400_000;

/** Fails if something doesn't hold after a command, and remembers what is true from now on. */
export function judge(done: Done, ledger: Ledger, simulator: Simulator): void {
	checkGone(done, ledger);
	checkEntries(done, ledger);
	checkOrphans(done, ledger);
	checkDoubles(done, ledger, simulator);
	checkDeactivated(done, ledger);
	checkOthers(done, ledger);
	ledger.absorb(done.after);
	checkSecrets(done, ledger, simulator);
	if (done.name === "refresh" || done.name === "import") checkReadOnly(done);
	if (done.outcome.code === 0 && done.name === "up") {
		checkReplaced(done);
		checkSettings(done, ledger);
	}
	if (done.outcome.code !== 0 && done.isDisturbed) for (const { id } of done.after.entries) ledger.unsure.add(id);
	else if (done.outcome.code === 0 && done.name === "up" && done.target === undefined) ledger.unsure.clear();
}

const writes = ({ calls }: Done) => calls.filter(({ kind, method }) => kind === "api" && method !== "GET");

/** A command that only reads writes nothing. */
export function checkReadOnly(done: Done): void {
	const found = writes(done).map(({ method, path }) => `${method} ${path}`);
	hold(`${done.name} writes nothing where nothing is to do`, found.length === 0, found.join(", "));
}

/** What is gone was held by the stack, and is wanted by nobody. */
function checkGone({ before, after, outcome, isDisturbed, program, target }: Done, ledger: Ledger): void {
	for (const id of liveIds(before)) {
		if (isLive(after, id)) continue;
		const entries = before.entries.filter((entry) => entry.id === id);
		hold("nothing is deleted that no stack holds", entries.length > 0, describe(before, id));
		const isKept = (entry: Entry) =>
			entry.protect ||
			(entry.retainOnDelete && [...program.values()].every(({ options }) => options.retainOnDelete !== false));
		hold("what is protected or retained is not deleted", !entries.every(isKept), describe(before, id));
		const holders = holdersOf(after, id);
		if (holders.length === 0) continue;
		// Of an entry that isn't the target Pulumi tells a provider nothing.
		if ((outcome.code !== 0 && isDisturbed) || target !== undefined) ledger.gone.add(id);
		else
			throw new Violation(
				"nothing is deleted that an entry still holds",
				`${describe(before, id)}, held by ${holders.map(({ urn }) => urn).join()}`,
			);
	}
}

/** State holds what is there, and each once. */
function checkEntries({ after, outcome, target }: Done, ledger: Ledger): void {
	for (const { id, isOld, urn, stack } of after.entries) {
		if (isOld) continue;
		hold("what state holds is there", isLive(after, id) || ledger.gone.has(id), `${urn} ${id}`);
		const holders = holdersOf(after, id);
		// A hand-over that failed half-way ends in a later run; and with --target nobody is told of the other entries.
		if (holders.length > 1 && (outcome.code !== 0 || target !== undefined)) ledger.twice.add(id);
		if (holders.length > 1 && !ledger.twice.has(id))
			throw new Violation(
				"state holds it once",
				`${holders.map((entry) => entry.urn).join(" and ")} in ${stack}: ${id}`,
			);
	}
}

/** What a stack made or held is in state, or was let go on purpose. */
function checkOrphans({ name, before, after, outcome, isDisturbed, program }: Done, ledger: Ledger): void {
	for (const id of liveIds(after)) {
		if (ledger.others.has(id) || ledger.letGo.has(id) || ledger.left.has(id)) continue;
		if (after.entries.some((entry) => entry.id === id)) continue;
		const entries = before.entries.filter((entry) => entry.id === id);
		const isRetained =
			entries.some(({ retainOnDelete }) => retainOnDelete) ||
			(entries.length > 0 && [...program.values()].some(({ options }) => options.retainOnDelete === true));
		if (isRetained || entries.some((entry) => isDeactivated(after, entry)) || name === "state delete")
			ledger.letGo.add(id);
		else if (entries.length > 0)
			throw new Violation("what leaves state is deleted or was let go on purpose", describe(after, id));
		else if (isDisturbed && outcome.code !== 0 && outcome.output.includes("creating ")) ledger.left.add(id);
		else throw new Violation("what was made is in state", describe(after, id));
	}
}

/** Beside a client that a killed or failed run left, no second one is made without a question. */
function checkDoubles({ before, after, program, allowed, login }: Done, ledger: Ledger, { clock }: Simulator): void {
	const isAsked = (client: ClientRecord) =>
		client.createdBy.id === login &&
		client.modifiedBy.id === login &&
		clock.now() - Date.parse(client.dateCreated) < day - 60_000;
	for (const id of ledger.left) {
		const left = after.clients.get(id);
		if (left === undefined || allowed.has(id) || !before.clients.has(id) || !isAsked(left)) continue;
		if (holdersOf(after, id).length > 0) continue;
		for (const [made, { name }] of after.clients) {
			if (before.clients.has(made) || name !== left.name || ledger.others.has(made)) continue;
			const isFree = eachClient(program).some(
				({ settings }) => settings["name"] === name && settings["allowSameName"] === true,
			);
			hold("a second client is not made without a question", isFree, `${made} beside ${describe(after, id)}`);
		}
	}
}

/** A client that was made inactive on the way to its deletion is active again, or the error says so. */
function checkDeactivated({ before, after, outcome, program, urnOf, target }: Done, ledger: Ledger): void {
	for (const [id, client] of after.clients) {
		const old = before.clients.get(id);
		if (old?.state !== "active" || client.state !== "inactive") continue;
		const isDeclared = eachClient(program).some(
			({ slot, letter, settings }) =>
				settings["state"] === "inactive" && entryAt(after, urnOf(slot), letter)?.id === id,
		);
		const isLetGo = !after.entries.some((entry) => entry.id === id) && ledger.letGo.has(id);
		// Of an entry that isn't the target Pulumi tells a provider nothing.
		if (isDeclared || isLetGo || target !== undefined) continue;
		const isTold = outcome.code !== 0 && /inactive/.test(outcome.output);
		hold("what a failed deletion made inactive is active again, or the error says so", isTold, describe(after, id));
		ledger.noteDrift(old, client);
	}
}

/** What others made is as it was, unless the program adopts it. */
function checkOthers({ before, after, program, isDisturbed }: Done, ledger: Ledger): void {
	const adopted = new Set(eachClient(program).map(({ adopts }) => adopts));
	for (const id of ledger.others) {
		const isHeld = after.entries.some((entry) => entry.id === id);
		if (isHeld || (isDisturbed && adopted.has(id))) continue;
		const isSame = isDeepStrictEqual(before.clients.get(id), after.clients.get(id));
		hold("what others made is untouched", isSame, describe(after, id));
	}
}

/** What was to be replaced is another one. */
function checkReplaced({ before, after, replaced, program, urnOf }: Done): void {
	for (const { slot, letter, adopts } of eachClient(program)) {
		const old = entryAt(before, urnOf(slot), letter);
		if (!replaced.includes(slot) || old === undefined || adopts !== undefined) continue;
		const isOther = entryAt(after, urnOf(slot), letter)?.id !== old.id;
		hold("a replacement makes another one", isOther, describe(after, old.id));
	}
}
