/** What a URN tells of a resource. */
interface UrnParts {
	stack: string;
	project: string;
	/** The resource's own type, without those of the components that it is in. */
	type: string;
	/** The resource's name in the program. */
	name: string;
}

/** Takes a URN apart: `urn:pulumi:<stack>::<project>::<types of the parents$type>::<name>`. */
export function parseUrn(urn: string): UrnParts {
	const [stack = "", project = "", types = "", ...name] = urn.replace(/^urn:pulumi:/, "").split("::");
	return { stack, project, type: types.slice(types.lastIndexOf("$") + 1), name: name.join("::") };
}
