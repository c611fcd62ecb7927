/** The parts of a URN. */
interface UrnParts {
	stack: string;
	project: string;
	/** The resource's own type, without the types of its parents. */
	type: string;
	/** The resource's name in the program. */
	name: string;
}

/** Splits a URN: `urn:pulumi:<stack>::<project>::<types of the parents$type>::<name>`. */
export function parseUrn(urn: string): UrnParts {
	const [stack = "", project = "", types = "", ...name] = urn.replace(/^urn:pulumi:/, "").split("::");
	return { stack, project, type: types.slice(types.lastIndexOf("$") + 1), name: name.join("::") };
}
