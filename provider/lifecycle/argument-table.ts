import type * as v from "valibot";
import type * as schemas from "./argument-schemas";
import { picked, type Properties, sameJson } from "./properties";
import { withoutSecretParts } from "./secret-parts";

/** The schemas, loaded by the first check: a program that only declares resources doesn't need them. */
export type Schemas = typeof schemas;

/** An argument or output of a resource: all that check, comparison, state, preview, both fronts and the generated schemas know of it. */
export interface Row {
	/**
	 * - `setting`: sent to the API, and an output
	 * - `option`: used by the provider alone; in state, because `read` and `delete` get nothing else
	 * - `instruction`: affects only the current run, so that a change of it does nothing
	 * - `output`: no argument
	 */
	kind: "setting" | "option" | "instruction" | "output";
	/** The schema of an argument's value. */
	schema?: (schemas: Schemas) => v.GenericSchema;
	/** Whether the program must set it. @default false */
	required?: true;
	/** The value of a setting that isn't set. */
	default?: unknown;
	/** Whether two values of a setting are equivalent. @default equality */
	same?: (a: unknown, b: unknown) => boolean;
	/** The effect of a new value of a setting. @default a PUT */
	onChange?: "replace";
	/** Whether the value of a setting never comes back from the API, so that it is no output. @default false */
	isWriteOnly?: true;
	/** Which properties of an argument's value belong together. */
	parts?: PartRules;
	/** The argument that this is the older form of: only one of them may be set, and the API makes each of the other. */
	olderFormOf?: string;
	/** The argument that an output is made of. */
	madeOf?: string;
	/** When an output changes without an argument: with a new resource, with every change of it, or with a new secret. */
	changesWith?: "create" | "change" | "secret";
	/** Whether it is a secret, whatever the program says. State must have a secret output from the start, so that a refresh finds it marked. */
	isSecret?: true;
	/**
	 * Whether its value may have a property `clientSecret`, at any depth: a secret, whatever the program says, that is in the inputs alone, and
	 * whose change is no change. @default false
	 */
	hasSecretPart?: true;
	/** The only front that shows it to the program; `none` for what is in state alone. @default both */
	front?: "npm" | "plugin" | "none";
}

/** Which properties of an object belong together. */
interface PartRules {
	/** Exactly one of these must be set. */
	oneOf?: readonly string[];
	/** Of each of these lists, all names of an entry must be set. The first entry is the usual one. */
	anyOf?: readonly (readonly (readonly string[])[])[];
	/** Why, for the message. */
	reason?: string;
	/** Properties that need another one. */
	needs?: Readonly<Record<string, string>>;
}

/** The rows of a resource. */
export type Table = Readonly<Record<string, Row>>;

/** A value of which any property may be undefined, as schemas see it. */
type Loose<T> = T extends readonly (infer Item)[]
	? Loose<Item>[]
	: T extends object
		? { [Name in keyof T]: Loose<T[Name]> | undefined }
		: T;

/** An argument's row, as its interface demands it. */
type ArgumentRow<Inputs, Name extends keyof Inputs, Kind> = {
	kind: Kind;
	schema: (schemas: Schemas) => v.GenericSchema<unknown, Loose<Inputs[Name]>>;
	default?: Inputs[Name];
} & (Partial<Pick<Inputs, Name>> extends Pick<Inputs, Name> ? { required?: never } : { required: true });

/**
 * The rows that a resource must have, and their kinds: whoever adds an argument, an output or a field of the API forgets none of the three.
 *
 * @template Inputs the arguments
 * @template Outputs the outputs that aren't arguments
 * @template Request the fields of the API's request: the settings
 */
export type RowsOf<Inputs, Outputs, Request, AnyRow extends Row = Row> = {
	[Name in keyof (Inputs & Outputs & Request)]-?: AnyRow &
		(Name extends keyof Inputs
			? ArgumentRow<Inputs, Name, Name extends keyof Request ? "setting" : "option" | "instruction">
			: { kind: "output" });
};

/** The names of rows. */
export type NamesOf<Rows, Shape> = { [Name in keyof Rows]: Rows[Name] extends Shape ? Name : never }[keyof Rows];

/** The names of the rows of some kinds, in their order. */
export const namesOf = <Rows, Kind extends Row["kind"]>(rows: Rows, ...kinds: Kind[]) =>
	(Object.entries(rows as Table) as [NamesOf<Rows, { kind: Kind }>, Row][])
		.filter(([, { kind }]) => kinds.includes(kind as Kind))
		.map(([name]) => name);

/** The names of the arguments. */
export const argumentsOf = <Rows>(rows: Rows) => namesOf(rows, "setting", "option", "instruction");

/** The outputs that aren't options. */
export const outputsOf = (table: Table): string[] =>
	namesOf(table, "setting", "output").filter((name) => table[name]?.isWriteOnly !== true);

/** The names of what is always a secret, by what it is, and of the arguments with a secret in their value. */
export function secretsOf(table: Table): { inputs: string[]; outputs: string[]; parts: string[] } {
	const secrets = (names: string[]) => names.filter((name) => table[name]?.isSecret === true);
	const parts = argumentsOf(table).filter((name) => table[name]?.hasSecretPart === true);
	return { inputs: secrets(argumentsOf(table)), outputs: secrets(namesOf(table, "output")), parts };
}

/** The outputs that are made of an argument: each with that argument. */
export const derivedOf = (table: Table): [output: string, input: string][] =>
	Object.entries(table).flatMap(([name, { olderFormOf: newer, madeOf }]): [string, string][] => {
		if (newer !== undefined)
			return [
				[name, newer],
				[newer, name],
			];
		return madeOf === undefined ? [] : [[name, madeOf]];
	});

/** The outputs that are secrets: always, or while an argument that they are made of is one. */
export const secretOutputsOf = (table: Table, secretArguments: readonly string[]): string[] => [
	...secretsOf(table).outputs,
	...derivedOf(table)
		.filter(([, input]) => secretArguments.includes(input))
		.map(([output]) => output),
];

/** The outputs that change with the arguments that do. */
export const changedWith = (table: Table, changed: readonly string[]): string[] =>
	derivedOf(table)
		.filter(([output, input]) => changed.includes(input) && !changed.includes(output))
		.map(([output]) => output);

/** The outputs that some work changes. */
export const outputsChangedBy = (table: Table, ...work: Row["changesWith"][]): string[] =>
	Object.entries(table).flatMap(([name, { changesWith }]) => (changesWith && work.includes(changesWith) ? [name] : []));

/** Returns how options are taken from inputs or outputs, and compared. */
export function optionsIn(table: Table) {
	// The fronts add `secretInputs`.
	const names = [...namesOf(table, "option"), "secretInputs"];
	const { parts } = secretsOf(table);
	const optionsOf = (settings: Properties): Properties =>
		Object.fromEntries(
			Object.entries(picked(settings, names)).map(([name, value]) => [
				name,
				parts.includes(name) ? withoutSecretParts(value) : value,
			]),
		);
	return {
		/** The options in inputs or outputs, as outputs have them. */
		optionsOf,
		/** The outputs without the options. */
		withoutOptions: (outputs: Properties): Properties =>
			Object.fromEntries(Object.entries(outputs).filter(([name]) => !names.includes(name))),
		/** The options that differ. */
		changedOptions: (olds: Properties, news: Properties): string[] => {
			const [before, after] = [optionsOf(olds), optionsOf(news)];
			return names.filter((name) => !sameJson(before[name], after[name]));
		},
	};
}

/** The arguments that all resources have. */
export const sharedArguments = {
	timeouts: { kind: "option", schema: ({ timeoutsSchema }: Schemas) => timeoutsSchema, front: "npm" },
	connection: {
		kind: "option",
		schema: ({ connectionSchema }: Schemas) => connectionSchema,
		parts: {
			anyOf: [
				[["region"], ["gatewayHost"]],
				[["oauthClientId", "oauthClientSecret"], ["accessToken"]],
			],
			reason: "settings it doesn't name are not used",
		},
		front: "npm",
	},
} as const satisfies Table;
