import {
	type DynamicProvider,
	type GrpcError,
	initFailureOf,
	type Properties,
	withProvider,
} from "../../api/support/provider-process";
import { serializedProvider } from "../../../provider/serialized-provider";

/** What a program declares: the arguments of each client, by resource name. */
export type Program = Record<string, Properties>;

/** A client as the engine's state holds it. */
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

/** What makes a process forget what it knows of a run: this module holds it. */
const forgetRun = 'delete require.cache[require.resolve("pulumi-genesyscloud-oauth/lifecycle")]; ';

/** How the resources of a program are gone through. */
interface Registration {
	isPreview: boolean;
	replace: string[];
}

let runs = 0;

/**
 * What Pulumi's engine does with a provider, as far as the life of a client goes: it checks, compares, creates, updates, replaces, reads and
 * deletes in the engine's order, and keeps the state that the engine would keep, after failures above all.
 */
export class EngineModel {
	/** The state. */
	rows: Row[] = [];

	/**
	 * Runs a command as a process of its own would: with a provider that is configured anew.
	 *
	 * @param config the stack's configuration
	 * @returns what the user was told of failures; none when the command succeeded
	 */
	async run(
		provider: DynamicProvider,
		config: Record<string, string>,
		command: Command,
		program: Program,
		options: CommandOptions = {},
	): Promise<string[]> {
		runs += 1;
		// The SDK configures each text of a provider once: another text in each run lets one process serve many.
		const text = `${forgetRun}${serializedProvider} // run ${runs}`;
		for (const row of this.rows) for (const part of [row.inputs, row.outputs]) part["__provider"] = text;
		await provider.configure(config);
		if (command === "refresh") return this.#refresh(provider);
		const failed = options.refresh === true ? await this.#refresh(provider) : [];
		if (failed.length > 0) return failed;
		if (command === "destroy") return this.#delete(provider, this.rows);
		return this.#up(provider, text, program, { isPreview: command === "preview", replace: options.replace ?? [] });
	}

	/** The client of a resource; undefined when state has none. */
	row(name: string): Row | undefined {
		return this.rows.find((row) => row.name === name && !row.replaced);
	}

	/** Everything that stands in state in clear: all but the secrets, which the engine encrypts. */
	inClear(): string {
		return JSON.stringify(this.rows, (key, value: unknown) => (key === "clientSecret" ? undefined : value));
	}

	async #up(provider: DynamicProvider, text: string, program: Program, how: Registration): Promise<string[]> {
		for (const [name, declared] of Object.entries(program)) {
			const failed = await told(async () =>
				this.#register(provider, name, { ...withProvider(declared), __provider: text }, how),
			);
			// The engine starts nothing more, and deletes nothing, once something has failed.
			if (failed.length > 0) return failed;
		}
		if (how.isPreview) return [];
		return this.#delete(
			provider,
			this.rows.filter(({ name, replaced }) => replaced || !(name in program)),
		);
	}

	async #register(
		provider: DynamicProvider,
		name: string,
		news: Properties,
		{ isPreview, replace }: Registration,
	): Promise<void> {
		const row = this.row(name);
		// A replacement that the user asks for is checked as a new resource is, and compared with nothing.
		if (row !== undefined && replace.includes(name)) {
			const inputs = await checked(provider, news);
			if (!isPreview) await this.#create(provider, name, inputs, row);
			return;
		}
		const inputs = await checked(provider, news, row?.inputs);
		if (row === undefined) {
			if (!isPreview) await this.#create(provider, name, inputs);
			return;
		}
		const { changes, replaces } = await provider.diff(row.id, row.outputs, inputs, row.inputs);
		if (isPreview) return;
		if (replaces.length > 0) {
			// What replaces a resource is checked as a new one is.
			await this.#create(provider, name, await checked(provider, news), row);
			return;
		}
		if (changes !== noChange || row.initErrors.length > 0) {
			await keepingPart(
				async () => {
					Object.assign(row, {
						outputs: await provider.update(row.id, row.outputs, inputs, row.inputs),
						inputs,
						initErrors: [],
					});
				},
				({ properties, reasons }) => Object.assign(row, { inputs, outputs: properties, initErrors: reasons }),
			);
			return;
		}
		row.inputs = inputs;
	}

	async #create(provider: DynamicProvider, name: string, inputs: Properties, replaced?: Row): Promise<void> {
		const keep = (id: string, outputs: Properties, initErrors: string[]) => {
			if (replaced !== undefined) replaced.replaced = true;
			this.rows.push({ name, id, inputs, outputs, initErrors, replaced: false });
		};
		await keepingPart(
			async () => {
				const { id, properties } = await provider.create(inputs);
				keep(id, properties, []);
			},
			({ id, properties, reasons }) => keep(id, properties, reasons),
		);
	}

	async #refresh(provider: DynamicProvider): Promise<string[]> {
		for (const row of this.rows) {
			const failed = await told(async () => {
				const read = await provider.read(row.id, { properties: row.outputs, inputs: row.inputs });
				if (read.id === "") {
					this.#forget(row);
					return;
				}
				const before = row.inputs;
				Object.assign(row, { outputs: read.properties, inputs: read.inputs ?? row.inputs, initErrors: [] });
				// To show what it has found, Pulumi asks with the two sides swapped.
				if (read.inputs !== undefined) await provider.diff(row.id, row.outputs, before);
			});
			if (failed.length > 0) return failed;
		}
		return [];
	}

	async #delete(provider: DynamicProvider, rows: Row[]): Promise<string[]> {
		for (const row of rows) {
			const failed = await told(async () => {
				await provider.delete(row.id, row.outputs, row.inputs);
				this.#forget(row);
			});
			if (failed.length > 0) return failed;
		}
		return [];
	}

	#forget(row: Row): void {
		this.rows = this.rows.filter((other) => other !== row);
	}
}

/** What the program declares is wrong: Pulumi shows the reasons. */
class CheckFailure extends Error {}

async function checked(provider: DynamicProvider, news: Properties, olds?: Properties): Promise<Properties> {
	const { inputs, failures } = await provider.check(news, olds);
	if (failures.length > 0) throw new CheckFailure(failures.map(({ reason }) => reason).join("; "));
	return inputs;
}

/** What `diff` answers when nothing changes. */
const noChange = 1;

/** Does a step that may fail after a part of it is done: then that part goes into state. */
async function keepingPart(
	step: () => Promise<void>,
	keep: (part: NonNullable<ReturnType<typeof initFailureOf>>) => void,
): Promise<void> {
	try {
		await step();
	} catch (error) {
		const part = initFailureOf(error as GrpcError);
		if (part !== undefined && part.id !== "") keep(part);
		throw error;
	}
}

/** What the user is told when work fails: of a part-made client its reasons, of anything else the error. */
async function told(work: () => Promise<void>): Promise<string[]> {
	try {
		await work();
		return [];
	} catch (error) {
		if (error instanceof CheckFailure) return [error.message];
		const { details, message } = error as GrpcError;
		// An error of the test's own has no details.
		if (details === undefined) throw error;
		const part = initFailureOf(error as GrpcError);
		return part === undefined ? [details ?? message] : part.reasons;
	}
}
