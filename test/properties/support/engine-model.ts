import { isDeepStrictEqual } from "node:util";
import { clientOperations } from "../../../provider/lifecycle/oauth-client/operations";
import type { PartialFailure } from "../../../provider/lifecycle/presentable-errors";
import { Session } from "../../../provider/lifecycle/session";
import type { Properties } from "../../../provider/lifecycle/properties";
import { serializedProvider } from "../../../provider/serialized-provider";
import type { SimulatedApi } from "../../api/support/simulated-api";
import { environmentFor } from "../../api/support/simulator-connection";

/** A resource in the model's state: a row of Pulumi's. */
export interface Entry {
	/** The resource's name in the program. */
	name: string;
	/** The client's id. */
	id: string;
	/** What the program declared when it was applied last, or what a refresh made of that. */
	inputs: Properties;
	/** What the provider answered last. */
	outputs: Properties;
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
function overTheWire(settings: Properties): Properties {
	const carried = JSON.parse(JSON.stringify(settings)) as Properties;
	if (!isDeepStrictEqual(carried, settings)) throw new Error(`Pulumi can't carry ${JSON.stringify(settings)}`);
	return carried;
}

/** A provider process on the simulated organization. */
function startProvider({ simulator, ourClock }: SimulatedApi, config: Record<string, string>) {
	const notices: string[] = [];
	const session = new Session({
		clock: ourClock,
		environment: environmentFor(simulator),
		say: (line) => notices.push(line),
	});
	session.configure((key) => config[key]);
	return { notices, ...clientOperations(session) };
}

/**
 * Pulumi's engine as far as a dynamic provider meets it: the state, and the order of the calls in up, refresh and destroy. Each run is
 * a provider process of its own; the first failure ends a run.
 */
export class EngineModel {
	/** The state, in the order in which the resources were registered. */
	state: Entry[] = [];
	/** The stack's configuration. */
	config: Record<string, string> = {};
	readonly #simulated: SimulatedApi;

	constructor(simulated: SimulatedApi) {
		this.#simulated = simulated;
	}

	/** The entry of a resource that isn't replaced. */
	entry(name: string): Entry | undefined {
		return this.state.find((entry) => entry.name === name && !entry.replaced);
	}

	/** `pulumi preview`: what would be done; it must change nothing. */
	async preview(program: ReadonlyMap<string, Properties>): Promise<void> {
		const provider = startProvider(this.#simulated, this.config);
		for (const [name, declared] of program) await this.#register(provider, name, declared);
	}

	/** `pulumi up`. */
	async up(program: ReadonlyMap<string, Properties>): Promise<RunOutcome> {
		return this.#run(async (provider, deleted) => {
			for (const [name, declared] of program) {
				const { entry, inputs, step } = await this.#register(provider, name, declared);
				if (step === "create" || entry === undefined) await this.#create(provider, name, inputs, entry);
				else if (step === "update") await this.#update(provider, entry, inputs);
				// Pulumi keeps the outputs, and takes the inputs of today.
				else entry.inputs = inputs;
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
				entry.outputs = overTheWire({ ...props, __provider: serializedProvider });
				entry.partial = false;
				if (inputs === undefined) continue;
				entry.inputs = overTheWire({ ...inputs, __provider: serializedProvider });
				// To show what it has found, Pulumi asks with the two sides swapped.
				await provider.diff(entry.id, entry.outputs, before);
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
		const provider = startProvider(this.#simulated, this.config);
		const deleted: Entry[] = [];
		const errors: string[] = [];
		try {
			await work(provider, deleted);
		} catch (error) {
			errors.push((error as Partial<PartialFailure>).reasons?.join() ?? (error as Error).message);
		}
		return { errors, notices: provider.notices, deleted };
	}

	/** What Pulumi asks about a resource that the program declares, and what it does then. */
	async #register(provider: Provider, name: string, declared: Properties) {
		const entry = this.entry(name);
		const news = { ...overTheWire(declared), __provider: serializedProvider };
		const inputs = await checked(provider, entry?.inputs ?? {}, news);
		if (entry === undefined) return { entry, inputs, step: "create" };
		const { changes, replaces } = await provider.diff(entry.id, entry.outputs, inputs);
		// What replaces a resource is checked as a new one is.
		if (replaces.length > 0) return { entry, inputs: await checked(provider, {}, news), step: "create" };
		return { entry, inputs, step: changes || entry.partial ? "update" : "nothing" };
	}

	async #update(provider: Provider, entry: Entry, news: Properties): Promise<void> {
		try {
			const { outs } = await provider.update(entry.id, entry.outputs, news);
			const outputs = overTheWire({ ...outs, __provider: serializedProvider });
			Object.assign(entry, { inputs: news, outputs, partial: false });
		} catch (error) {
			const { properties } = error as Partial<PartialFailure>;
			if (properties !== undefined)
				Object.assign(entry, { inputs: news, outputs: overTheWire(properties), partial: true });
			throw error;
		}
	}

	async #create(provider: Provider, name: string, inputs: Properties, replaced?: Entry): Promise<void> {
		const keep = (id: string, outputs: Properties, partial: boolean) => {
			if (replaced !== undefined) replaced.replaced = true;
			this.state.push({ name, id, inputs, outputs: overTheWire(outputs), partial, replaced: false });
		};
		try {
			const { id, outs } = await provider.create(inputs);
			keep(id, { ...outs, __provider: serializedProvider }, false);
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

async function checked(provider: Provider, olds: Properties, news: Properties): Promise<Properties> {
	const { inputs, failures } = await provider.check(olds, news);
	if (failures.length > 0) throw new Error(`the property's program is wrong: ${JSON.stringify(failures)}`);
	return overTheWire({ ...inputs, __provider: serializedProvider });
}
