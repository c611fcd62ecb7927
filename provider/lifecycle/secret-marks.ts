import type { CheckFailure } from "./check-arguments";
import { presentable } from "./presentable-errors";
import { GenesysCloudError } from "../api/errors";
import type { Properties } from "./properties";

/** The operations in which a dynamic provider's secrets need marks. */
interface Operations {
	check: (olds: Properties, news: Properties) => Promise<{ inputs: Properties; failures: CheckFailure[] }>;
	diff: (id: string, olds: Properties, news: Properties) => Promise<unknown>;
	create: (inputs: Properties) => Promise<unknown>;
	read: (id: string, props?: Properties) => Promise<{ id: string; inputs?: Properties }>;
	update: (id: string, olds: Properties, news: Properties) => Promise<unknown>;
}

/**
 * Operations for Pulumi's dynamic provider, which can't say that an output is a secret. Pulumi marks an output when an input of the same
 * name is a secret, so the classes add such an input for each secret output: the mark, whose value is always null. Unlike the option
 * `additionalSecretOutputs`, no transform drops it unnoticed: without it nothing is created or changed.
 *
 * @param names the secret outputs
 */
export function withSecretMarks<T extends Operations>(operations: T, names: readonly string[]): T {
	const marks = Object.fromEntries(names.map((name) => [name, null]));
	const withoutMarks = (properties: Properties): Properties =>
		Object.fromEntries(Object.entries(properties).filter(([name, value]) => !(names.includes(name) && value === null)));
	const reasonsIn = (properties: Properties) =>
		names
			.filter((name) => !(name in properties))
			.map(
				(name) =>
					`${name} would be in plain text in the state: the input ${name}, which makes it a secret, is missing. A transform must return all properties that it gets ({ ...args.props }), and ignoreChanges or a policy's remediation must not remove one`,
			);
	const requireMarks = (properties: Properties) => {
		const [reason] = reasonsIn(properties);
		if (reason !== undefined) throw presentable("nothing was read or changed", new GenesysCloudError(reason));
	};
	return {
		...operations,
		check: async (olds, news) => {
			const { inputs, failures } = await operations.check(withoutMarks(olds), withoutMarks(news));
			return {
				inputs: { ...inputs, ...marks },
				failures: [...failures, ...reasonsIn(news).map((reason) => ({ property: "", reason }))],
			};
		},
		diff: async (id, olds, news) => operations.diff(id, olds, withoutMarks(news)),
		create: async (inputs) => {
			requireMarks(inputs);
			return operations.create(withoutMarks(inputs));
		},
		read: async (id, props = {}) => {
			// Those of a lookup are the program's inputs, and those of a refresh the outputs in state.
			requireMarks(props);
			const read = await operations.read(id, withoutMarks(props));
			return read.inputs === undefined ? read : { ...read, inputs: { ...read.inputs, ...marks } };
		},
		update: async (id, olds, news) => {
			requireMarks(news);
			return operations.update(id, olds, withoutMarks(news));
		},
	};
}
