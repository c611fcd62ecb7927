import { isDeepStrictEqual } from "node:util";
import { secretsOf } from "../provider/lifecycle/argument-table";
import { clientTable } from "../provider/lifecycle/oauth-client/arguments";
import type { Operations } from "../provider/lifecycle/operations";
import type { PartialFailure } from "../provider/lifecycle/presentable-errors";
import type { Properties } from "../provider/lifecycle/properties";
import { pairTable } from "../provider/lifecycle/rotating-oauth-client/arguments";
import {
	type DynamicProvider,
	type GrpcError,
	initFailureOf,
	type ResourceCalls,
	type ResourceType,
	withProvider,
} from "./api/support/provider-process";

/** What a program declares: the arguments of each resource, by name. */
export type Program = Record<string, Properties>;

/** A resource as the engine's state holds it. */
export interface Row {
	/** The resource's name. */
	name: string;
	id: string;
	inputs: Properties;
	outputs: Properties;
	/** Why it isn't finished, when it isn't. */
	initErrors: string[];
	/** Whether it was replaced and is still to be deleted. */
	replaced: boolean;
}

/** A Pulumi command that the model knows. */
export type Command = "up" | "preview" | "refresh" | "destroy";

/** What a command may be given. */
export interface CommandOptions {
	/** Resources that are replaced whether anything differs or not: `--replace`. */
	replace?: string[];
	/** Whether a refresh comes first: `--refresh`. */
	refresh?: boolean;
}

/** A provider in one run of Pulumi, whose calls are about a resource. */
export interface RunningProvider {
	about: (name: string) => ResourceCalls & {
		/** Foretells a create, or an update of what is in state; a process of a provider isn't asked. */
		preview?: (inputs: Properties, managed?: { id: string; olds: Properties }) => Promise<Properties>;
	};
}

/** The outputs that are always secrets. */
const secretOutputs = new Set([clientTable, pairTable].flatMap((table) => secretsOf(table).outputs));

/** What an operation of a provider fails with. */
class ProviderFailure extends Error {
	/** What the engine keeps of a resource that is part-made. */
	readonly part: Pick<PartialFailure, "id" | "properties" | "reasons"> | undefined;

	constructor(message: string, part?: ProviderFailure["part"]) {
		super(message);
		this.part = part;
	}
}

/** What the program declares is wrong: Pulumi shows the reasons. */
class CheckFailure extends Error {}

/**
 * What Pulumi's engine does with a provider, as far as the life of a resource goes: it checks, compares, creates, updates, replaces, reads and
 * deletes in the engine's order, and keeps the state that the engine would keep, after failures above all. The first failure ends a run.
 */
export class EngineModel {
	/** The state, in the order in which the resources were registered. */
	rows: Row[] = [];

	/**
	 * Runs a command.
	 *
	 * @returns what the user was told of failures; none when the command succeeded
	 */
	async run(
		provider: RunningProvider,
		command: Command,
		program: Program,
		{ refresh = command === "refresh", replace = [] }: CommandOptions = {},
	): Promise<string[]> {
		try {
			if (refresh) for (const row of this.rows) await this.#refresh(provider, row);
			if (command === "destroy") await this.#delete(provider, this.rows);
			if (command === "destroy" || command === "refresh") return [];
			const isPreview = command === "preview";
			for (const [name, declared] of Object.entries(program))
				await this.#register(provider, name, declared, { isPreview, isReplaced: replace.includes(name) });
			if (isPreview) return [];
			await this.#delete(
				provider,
				this.rows.filter(({ name, replaced }) => replaced || !(name in program)),
			);
			return [];
		} catch (error) {
			// Any other error is of the test's own.
			if (!(error instanceof ProviderFailure) && !(error instanceof CheckFailure)) throw error;
			return error instanceof ProviderFailure && error.part !== undefined ? error.part.reasons : [error.message];
		}
	}

	/** The entry of a resource; undefined when state has none. */
	row(name: string): Row | undefined {
		return this.rows.find((row) => row.name === name && !row.replaced);
	}

	/** Takes a resource out of the state without a call, as `retainOnDelete` does when it is deleted. */
	release(name: string): void {
		const row = this.row(name);
		if (row !== undefined) this.#forget(row);
	}

	/** Everything that stands in state in clear: all but the secrets, which the engine encrypts. */
	inClear(): string {
		return JSON.stringify(this.rows, (key, value: unknown) => (secretOutputs.has(key) ? undefined : value));
	}

	async #register(
		provider: RunningProvider,
		name: string,
		news: Properties,
		{ isPreview, isReplaced }: { isPreview: boolean; isReplaced: boolean },
	): Promise<void> {
		const calls = provider.about(name);
		const row = this.row(name);
		const create = async () => {
			// What replaces a resource is checked as a new one is.
			const inputs = await checked(calls, news);
			if (isPreview) await calls.preview?.(inputs);
			else await this.#create(calls, name, inputs, row);
		};
		// A replacement that the user asks for is compared with nothing.
		if (row === undefined || isReplaced) return create();
		const inputs = await checked(calls, news, row.inputs);
		const { changes, replaces } = await calls.diff(row.id, row.outputs, inputs, row.inputs);
		if (replaces.length > 0) return create();
		const isUpdated = changes !== noChange || row.initErrors.length > 0;
		if (isPreview) {
			if (isUpdated) await calls.preview?.(inputs, { id: row.id, olds: row.outputs });
		} else if (isUpdated) await this.#update(calls, row, inputs);
		// Pulumi keeps the outputs, and takes the inputs of today.
		else row.inputs = inputs;
	}

	async #create(calls: ResourceCalls, name: string, inputs: Properties, replaced?: Row): Promise<void> {
		const keep = (id: string, outputs: Properties, initErrors: string[]) => {
			if (replaced !== undefined) replaced.replaced = true;
			this.rows.push({ name, id, inputs, outputs, initErrors, replaced: false });
		};
		await keepingPart(
			async () => {
				const { id, properties } = await calls.create(inputs);
				keep(id, properties, []);
			},
			({ id, properties, reasons }) => keep(id, properties, reasons),
		);
	}

	async #update(calls: ResourceCalls, row: Row, inputs: Properties): Promise<void> {
		await keepingPart(
			async () => {
				const outputs = await calls.update(row.id, row.outputs, inputs, row.inputs);
				Object.assign(row, { outputs, inputs, initErrors: [] });
			},
			({ properties, reasons }) => Object.assign(row, { inputs, outputs: properties, initErrors: reasons }),
		);
	}

	async #refresh(provider: RunningProvider, row: Row): Promise<void> {
		const calls = provider.about(row.name);
		const read = await calls.read(row.id, { properties: row.outputs, inputs: row.inputs });
		if (read.id === "") {
			this.#forget(row);
			return;
		}
		const before = row.inputs;
		Object.assign(row, { outputs: read.properties, inputs: read.inputs ?? row.inputs, initErrors: [] });
		// To show what it has found, Pulumi asks with the two sides swapped.
		if (read.inputs !== undefined) await calls.diff(row.id, row.outputs, before);
	}

	async #delete(provider: RunningProvider, rows: Row[]): Promise<void> {
		for (const row of rows.toReversed()) {
			await provider.about(row.name).delete(row.id, row.outputs, row.inputs);
			this.#forget(row);
		}
	}

	#forget(row: Row): void {
		this.rows = this.rows.filter((other) => other !== row);
	}
}

async function checked(calls: ResourceCalls, news: Properties, olds?: Properties): Promise<Properties> {
	const { inputs, failures } = await calls.check(news, olds);
	if (failures.length > 0) throw new CheckFailure(failures.map(({ reason }) => reason).join("; "));
	return inputs;
}

/** What `diff` answers when nothing changes, and when something does. */
const [noChange, someChange] = [1, 2];

/** Does a step that may fail after a part of it is done: then that part goes into state. */
async function keepingPart(
	step: () => Promise<void>,
	keep: (part: NonNullable<ProviderFailure["part"]>) => void,
): Promise<void> {
	try {
		await step();
	} catch (error) {
		if (error instanceof ProviderFailure && error.part !== undefined) keep(error.part);
		throw error;
	}
}

/** The failure that came over gRPC; undefined for an error of the test's own. */
function failureOverTheWire(error: Error): ProviderFailure | undefined {
	const { details } = error as GrpcError;
	return details === undefined ? undefined : new ProviderFailure(details, initFailureOf(error as GrpcError));
}

/** The failure of the life cycle, which has made its errors presentable, in one line; undefined for an error of the test's own. */
function failureInThisProcess(error: Error): ProviderFailure | undefined {
	if (error.stack?.includes("\n") !== false) return undefined;
	return new ProviderFailure(error.message, "reasons" in error ? (error as PartialFailure) : undefined);
}

/** Calls whose errors are those of a provider. */
function failing<Calls extends object>(calls: Calls, failureOf: (error: Error) => ProviderFailure | undefined): Calls {
	const wrapped = Object.entries(calls).map(([name, call]: [string, (...given: unknown[]) => Promise<unknown>]) => [
		name,
		async (...given: unknown[]) => {
			try {
				return await call(...given);
			} catch (error) {
				throw failureOf(error as Error) ?? error;
			}
		},
	]);
	return Object.fromEntries(wrapped) as Calls;
}

/**
 * The operations of a provider process, as the engine calls them.
 *
 * @param type that of all resources of the program
 */
export function inItsProcess(provider: DynamicProvider, type: ResourceType = "OAuthClient"): RunningProvider {
	return {
		about: (name) => {
			const { check, diff, create, read, update, delete: remove } = provider.about(name, type);
			const calls = { diff, create, read, update, delete: remove };
			return failing(
				{ ...calls, check: async (news, olds) => check(withProvider(news, name, type), olds) },
				failureOverTheWire,
			);
		},
	};
}

/** What goes over gRPC: JSON, and nothing that JSON would lose. */
function overTheWire(settings: object): Properties {
	const carried = JSON.parse(JSON.stringify(settings)) as Properties;
	if (!isDeepStrictEqual(carried, { ...settings })) throw new Error(`Pulumi can't carry ${JSON.stringify(settings)}`);
	return carried;
}

/**
 * The operations of a run in this process, as the engine calls them.
 *
 * @param ownerOf the URN of a resource
 */
export function inThisProcess(operations: Operations, ownerOf: (name: string) => string): RunningProvider {
	return {
		about: (name) => {
			const owner = ownerOf(name);
			return failing(
				{
					check: async (news, olds = {}) => {
						const { inputs, failures } = await operations.check(owner, olds, overTheWire(news));
						return { inputs: overTheWire(inputs), failures };
					},
					diff: async (id, olds, news) => {
						const { changes, replaces } = await operations.diff(owner, id, olds, news);
						return { changes: changes ? someChange : noChange, replaces };
					},
					preview: async (inputs, managed) => operations.preview(owner, inputs, managed),
					create: async (inputs) => {
						const { id, outs } = await operations.create(owner, inputs);
						return { id, properties: overTheWire(outs) };
					},
					read: async (id, { properties = {} }) => {
						const { props = {}, inputs, ...read } = await operations.read(owner, id, properties);
						return { ...read, properties: overTheWire(props), inputs: inputs && overTheWire(inputs) };
					},
					update: async (id, olds, news) => overTheWire((await operations.update(owner, { id, olds }, news)).outs),
					delete: async (id, properties) => operations.delete(owner, id, properties),
				} satisfies ReturnType<RunningProvider["about"]>,
				failureInThisProcess,
			);
		},
	};
}
