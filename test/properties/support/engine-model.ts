import { isDeepStrictEqual } from "node:util";
import { adoptionOf } from "../../../provider/lifecycle/adoption";
import { check } from "../../../provider/lifecycle/check";
import { create } from "../../../provider/lifecycle/create";
import { deleteClient } from "../../../provider/lifecycle/delete";
import { diff } from "../../../provider/lifecycle/diff";
import { type PartialFailure, presentable } from "../../../provider/lifecycle/failures";
import { read } from "../../../provider/lifecycle/read";
import { Session } from "../../../provider/lifecycle/session";
import type { Settings } from "../../../provider/lifecycle/settings";
import { update } from "../../../provider/lifecycle/update";
import { shell } from "../../../provider/shell";
import type { SimulatedApi } from "../../api/support/simulated-api";
import { environmentFor } from "../../api/support/simulator-connection";

/** A resource in the model's state: a row of Pulumi's. */
export interface Entry {
	/** The resource's name in the program. */
	name: string;
	/** The client's id. */
	id: string;
	/** What the program declared when it was applied last, or what a refresh made of that. */
	inputs: Settings;
	/** What the provider answered last. */
	outputs: Settings;
	/** Whether the last step on it failed half-way. */
	partial: boolean;
	/** Whether it is replaced already and only waits for its deletion. */
	replaced: boolean;
}

/** What a run of Pulumi came to. */
export interface RunOutcome {
	/** What the user was shown as errors; empty when the run succeeded. */
	errors: string[];
	/** What the user was told beside that. */
	notices: string[];
	/** The entries that were deleted. */
	deleted: Entry[];
}

type Provider = ReturnType<typeof startProvider>;

/** What goes over gRPC: JSON, and nothing that JSON would lose. */
function overTheWire(settings: Settings): Settings {
	const carried = JSON.parse(JSON.stringify(settings)) as Settings;
	if (!isDeepStrictEqual(carried, settings)) throw new Error(`Pulumi can't carry ${JSON.stringify(settings)}`);
	return carried;
}

async function shown<T>(action: string, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw presentable(action, error);
	}
}

/** A provider process on the simulated organization: the entry of lifecycle/index.ts with a session of its own. */
function startProvider({ simulator, ourClock }: SimulatedApi) {
	const notices: string[] = [];
	const managed = new Set<string>();
	const session = new Session({
		clock: ourClock,
		environment: environmentFor(simulator),
		say: (line) => notices.push(line),
	});
	return {
		notices,
		check: (news: Settings) => check(news),
		diff: (id: string, olds: Settings, news: Settings, servesProgram: boolean) => {
			const { notices: told, ...result } = diff(olds, news, session.now());
			for (const notice of told) session.notice(notice);
			const wasAdopted = (adoptionOf(olds) ?? adoptionOf(news)) !== undefined;
			if (servesProgram && result.replaces.length === 0) {
				managed.add(id);
				if (wasAdopted) session.keep(id);
			}
			return result;
		},
		create: async (inputs: Settings) =>
			shown("creating", async () => create(session.context(inputs, "create"), inputs)),
		read: async (id: string, props: Settings) =>
			shown("reading", async () => read(session.context(props, "read"), id, props)),
		update: async (id: string, olds: Settings, news: Settings) =>
			shown("updating", async () => update(session.context(news, "update"), id, olds, news)),
		delete: async (id: string, props: Settings) => {
			if (adoptionOf(props) !== undefined && managed.has(id)) session.keep(id);
			await shown("deleting", async () => deleteClient(session.context(props, "delete"), id, props));
		},
	};
}

/**
 * Pulumi's engine as far as a dynamic provider meets it: the state, and the order of the calls in up, refresh and destroy. Each run is
 * a provider process of its own; the first failure ends a run.
 */
export class EngineModel {
	/** The state, in the order in which the resources were registered. */
	state: Entry[] = [];
	readonly #simulated: SimulatedApi;

	constructor(simulated: SimulatedApi) {
		this.#simulated = simulated;
	}

	/** The entry of a resource that isn't replaced. */
	entry(name: string): Entry | undefined {
		return this.state.find((entry) => entry.name === name && !entry.replaced);
	}

	/** `pulumi preview`: what would be done; it must change nothing. */
	preview(program: ReadonlyMap<string, Settings>): void {
		const provider = startProvider(this.#simulated);
		for (const [name, declared] of program) {
			const entry = this.entry(name);
			const inputs = inputsOf(provider, declared);
			if (entry !== undefined) provider.diff(entry.id, entry.outputs, inputs, true);
		}
	}

	/** `pulumi up`. */
	async up(program: ReadonlyMap<string, Settings>): Promise<RunOutcome> {
		return this.#run(async (provider, deleted) => {
			for (const [name, declared] of program) {
				const entry = this.entry(name);
				const inputs = inputsOf(provider, declared);
				if (entry === undefined) await this.#create(provider, name, inputs);
				else await this.#bringUp(provider, entry, inputs);
			}
			const unwanted = this.state.filter((entry) => entry.replaced || !program.has(entry.name));
			for (const entry of unwanted.toReversed()) await this.#delete(provider, entry, deleted);
		});
	}

	/** `pulumi refresh`. */
	async refresh(): Promise<RunOutcome> {
		return this.#run(async (provider) => {
			for (const entry of this.state) {
				const { id, props, inputs } = await provider.read(entry.id, entry.outputs);
				if (id === "") {
					this.#forget(entry);
					continue;
				}
				const before = entry.inputs;
				entry.outputs = overTheWire({ ...props, __provider: shell });
				entry.partial = false;
				if (inputs === undefined) continue;
				entry.inputs = overTheWire({ ...inputs, __provider: shell });
				// To show what it has found, Pulumi asks with the two sides swapped.
				provider.diff(entry.id, entry.outputs, before, false);
			}
		});
	}

	/** `pulumi destroy`. */
	async destroy(): Promise<RunOutcome> {
		return this.#run(async (provider, deleted) => {
			for (const entry of this.state.toReversed()) await this.#delete(provider, entry, deleted);
		});
	}

	/** Takes a resource out of the state without a call, as `retainOnDelete` does when it is deleted. */
	release(name: string): void {
		const entry = this.entry(name);
		if (entry !== undefined) this.#forget(entry);
	}

	async #run(work: (provider: Provider, deleted: Entry[]) => Promise<void>): Promise<RunOutcome> {
		const provider = startProvider(this.#simulated);
		const deleted: Entry[] = [];
		const errors: string[] = [];
		try {
			await work(provider, deleted);
		} catch (error) {
			errors.push((error as Partial<PartialFailure>).reasons?.join() ?? (error as Error).message);
		}
		return { errors, notices: provider.notices, deleted };
	}

	async #bringUp(provider: Provider, entry: Entry, news: Settings): Promise<void> {
		const { changes, replaces } = provider.diff(entry.id, entry.outputs, news, true);
		if (replaces.length > 0) {
			await this.#create(provider, entry.name, news, entry);
		} else if (changes || entry.partial) {
			try {
				const { outs } = await provider.update(entry.id, entry.outputs, news);
				Object.assign(entry, { inputs: news, outputs: overTheWire({ ...outs, __provider: shell }), partial: false });
			} catch (error) {
				const { properties } = error as Partial<PartialFailure>;
				if (properties !== undefined)
					Object.assign(entry, { inputs: news, outputs: overTheWire(properties), partial: true });
				throw error;
			}
		} else {
			// Pulumi keeps the outputs, and takes the inputs of today.
			entry.inputs = news;
		}
	}

	async #create(provider: Provider, name: string, inputs: Settings, replaced?: Entry): Promise<void> {
		const keep = (id: string, outputs: Settings, partial: boolean) => {
			if (replaced !== undefined) replaced.replaced = true;
			this.state.push({ name, id, inputs, outputs: overTheWire(outputs), partial, replaced: false });
		};
		try {
			const { id, outs } = await provider.create(inputs);
			keep(id, { ...outs, __provider: shell }, false);
		} catch (error) {
			const { id, properties } = error as Partial<PartialFailure>;
			if (id !== undefined && properties !== undefined) keep(id, properties, true);
			throw error;
		}
	}

	async #delete(provider: Provider, entry: Entry, deleted: Entry[]): Promise<void> {
		await provider.delete(entry.id, entry.outputs);
		this.#forget(entry);
		deleted.push(entry);
	}

	#forget(entry: Entry): void {
		this.state = this.state.filter((other) => other !== entry);
	}
}

function inputsOf(provider: Provider, declared: Settings): Settings {
	const { inputs, failures } = provider.check({ ...overTheWire(declared), __provider: shell });
	if (failures.length > 0) throw new Error(`the property's program is wrong: ${JSON.stringify(failures)}`);
	return overTheWire({ ...inputs, __provider: shell });
}
