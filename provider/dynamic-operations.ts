import { GenesysCloudError } from "./api/errors";
import { type PartialFailure, presentable, withoutValue } from "./lifecycle/presentable-errors";
import { outputsOf, secretOutputsOf, type Table } from "./lifecycle/argument-table";
import { secretInputsOf } from "./lifecycle/hide-secret-inputs";
import type { Operations } from "./lifecycle/operations";
import type { Properties } from "./lifecycle/properties";
import { adoptsProperty, ownerProperty, providerProperty } from "./serialized-provider";

/** What the classes and Pulumi's SDK add to a resource's arguments; Pulumi's display hides these names. */
const isHidden = (name: string) => name.startsWith("__");

/** The resource that a call is about. */
const ownerOf = ({ [ownerProperty]: owner }: Properties): string => String(owner);

/** An entry in state, by its id and its owner at the time that it was saved. */
const keyOf = (id: string, outputs: Properties): string => `${id} ${ownerOf(outputs)}`;

/** Adds to a failure what Pulumi must save of it: without the serialized provider it could neither read nor delete the resource. */
async function saving<T>(inputs: Properties, work: Promise<T>): Promise<T> {
	try {
		return await work;
	} catch (error) {
		if (!(error instanceof Error && "properties" in error)) throw error;
		const { properties } = error as PartialFailure;
		const hidden = { [ownerProperty]: inputs[ownerProperty], [providerProperty]: inputs[providerProperty] };
		throw Object.assign(error, { properties: { ...properties, ...hidden } });
	}
}

/**
 * The operations as Pulumi's dynamic provider calls them. It doesn't tell which resource a call is about, so the classes say so in a hidden
 * argument, which the outputs keep for the calls that get nothing else. It can't say that an output is a secret: Pulumi marks an output when an
 * input of the same name is a secret, so the classes add such an input for each secret output, the mark, whose value is always null: also for one
 * that is made of a secret argument. Unlike the option `additionalSecretOutputs`, no transform drops it unnoticed: without it nothing is created
 * or changed.
 */
export function dynamicOperations(operations: Operations, table: Table) {
	const outputs = outputsOf(table);
	const marked = (inputs: Properties): Properties => ({
		...Object.fromEntries(secretOutputsOf(table, secretInputsOf(inputs)).map((name) => [name, null])),
		...inputs,
	});
	/** The owner of today of an entry in state: its outputs may be older than an alias. */
	const owners = new Map<string, string>();
	const plain = (properties: Properties): Properties =>
		Object.fromEntries(
			Object.entries(properties).filter(
				([name, value]) => !isHidden(name) && !(outputs.includes(name) && value === null),
			),
		);
	const reasonsIn = (properties: Properties, secretInputs = secretInputsOf(properties)) =>
		secretOutputsOf(table, secretInputs)
			.filter((name) => !(name in properties))
			.map(
				(name) =>
					`${name} would be in plain text in the state: the input ${name}, which makes it a secret, is missing. A transform must return all properties that it gets ({ ...args.props }), and ignoreChanges or a policy's remediation must not remove one`,
			);
	const requireMarks = (properties: Properties, secretInputs?: string[]) => {
		const [reason] = reasonsIn(properties, secretInputs);
		if (reason !== undefined) throw presentable("nothing was read or changed", new GenesysCloudError(reason));
	};
	return {
		check: async (olds: Properties, news: Properties) => {
			const owner = ownerOf(news);
			const { inputs, failures, adopts } = await operations.check(owner, plain(olds), plain(news));
			return {
				inputs: {
					...marked(inputs),
					[ownerProperty]: owner,
					...(adopts && { [adoptsProperty]: true }),
				} as Properties,
				failures: [...failures.map(withoutValue), ...reasonsIn(news).map((reason) => ({ property: "", reason }))],
			};
		},
		diff: async (id: string, olds: Properties, news: Properties) => {
			owners.set(keyOf(id, olds), ownerOf(news));
			const { changes, ...diff } = await operations.diff(ownerOf(news), id, plain(olds), plain(news));
			// State of the plugin has no serialized provider: an update, which takes no call, must store it.
			const isOfPlugin = olds[providerProperty] === undefined && news[providerProperty] !== undefined;
			return { ...diff, changes: changes || isOfPlugin };
		},
		create: async (inputs: Properties) => {
			requireMarks(inputs);
			const { id, outs } = await saving(inputs, operations.create(ownerOf(inputs), plain(inputs)));
			return { id, outs: { ...outs, [ownerProperty]: ownerOf(inputs) } as Properties };
		},
		read: async (id: string, props: Properties = {}) => {
			// Those of a lookup are the program's inputs, and those of a refresh the outputs in state, of which only these are always there.
			requireMarks(props, []);
			const { inputs, ...read } = await operations.read(ownerOf(props), id, plain(props));
			// Pulumi can't carry an undefined value.
			const hidden = ownerProperty in props ? { [ownerProperty]: props[ownerProperty] } : {};
			return {
				id: read.id,
				...(read.props !== undefined && { props: { ...read.props, ...hidden } as Properties }),
				...(inputs !== undefined && { inputs: { ...marked(inputs), ...hidden } as Properties }),
			};
		},
		update: async (id: string, olds: Properties, news: Properties) => {
			requireMarks(news);
			const owner = ownerOf(news);
			const { outs } = await saving(news, operations.update(owner, { id, olds: plain(olds) }, plain(news)));
			return { outs: { ...outs, [ownerProperty]: owner } as Properties };
		},
		delete: async (id: string, props: Properties = {}) =>
			operations.delete(owners.get(keyOf(id, props)) ?? ownerOf(props), id, plain(props)),
	};
}
