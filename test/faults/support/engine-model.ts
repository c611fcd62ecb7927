import {
	type DynamicProvider,
	type GrpcError,
	initFailureOf,
	type Properties,
} from "../../api/support/dynamic-provider-process";
import { shell } from "../../../provider/shell";

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
export type Command = "up" | "refresh" | "destroy";

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
	): Promise<string[]> {
		runs += 1;
		// The SDK configures each text of a provider once: another text in each run lets one process serve many.
		const text = `${shell} // run ${runs}`;
		for (const row of this.rows) for (const part of [row.inputs, row.outputs]) part["__provider"] = text;
		await provider.configure(config);
		if (command === "refresh") return this.#refresh(provider);
		if (command === "destroy") return this.#delete(provider, this.rows);
		return this.#up(provider, text, program);
	}

	/** The client of a resource; undefined when state has none. */
	row(name: string): Row | undefined {
		return this.rows.find((row) => row.name === name && !row.replaced);
	}

	/** Everything that stands in state in clear: all but the secrets, which the engine encrypts. */
	inClear(): string {
		return JSON.stringify(this.rows, (key, value: unknown) => (key === "clientSecret" ? undefined : value));
	}

	async #up(provider: DynamicProvider, text: string, program: Program): Promise<string[]> {
		for (const [name, declared] of Object.entries(program)) {
			const failed = await told(async () => this.#register(provider, name, { ...declared, __provider: text }));
			// The engine starts nothing more, and deletes nothing, once something has failed.
			if (failed.length > 0) return failed;
		}
		return this.#delete(
			provider,
			this.rows.filter(({ name, replaced }) => replaced || !(name in program)),
		);
	}

	async #register(provider: DynamicProvider, name: string, news: Properties): Promise<void> {
		const { inputs, failures } = await provider.check(news);
		if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("; "));
		const row = this.row(name);
		if (row === undefined) {
			await this.#create(provider, name, inputs);
			return;
		}
		const { changes, replaces } = await provider.diff(row.id, row.outputs, inputs);
		if (replaces.length > 0) {
			await this.#create(provider, name, inputs, row);
			return;
		}
		if (changes !== noChange || row.initErrors.length > 0) {
			await keepingPart(
				async () => {
					Object.assign(row, { outputs: await provider.update(row.id, row.outputs, inputs), inputs, initErrors: [] });
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
				if (read.id === "") this.#forget(row);
				else Object.assign(row, { outputs: read.properties, inputs: read.inputs ?? row.inputs, initErrors: [] });
			});
			if (failed.length > 0) return failed;
		}
		return [];
	}

	async #delete(provider: DynamicProvider, rows: Row[]): Promise<string[]> {
		for (const row of rows) {
			const failed = await told(async () => {
				await provider.delete(row.id, row.outputs);
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
		const { details, message } = error as GrpcError;
		// An error of the test's own has no details.
		if (details === undefined) throw error;
		const part = initFailureOf(error as GrpcError);
		return part === undefined ? [details ?? message] : part.reasons;
	}
}
