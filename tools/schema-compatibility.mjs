// What breaks programs and state between a released schema of the plugin and this one.

/**
 * The incompatible changes, each in one line. What is new, and texts, are none.
 *
 * @param {object} released the schema of the last release
 * @param {object} current the schema of this version
 * @returns {string[]}
 */
export function incompatibleChanges(released, current) {
	return [...new Set(new Comparison(released, current).changes())];
}

/** Whether a version may break what the released one promised: a new major version may, and a new minor one while that is 0. */
export function mayBreak(releasedVersion, version) {
	const [major, minor] = releasedVersion.split(".");
	const [newMajor, newMinor] = version.split(".");
	return newMajor !== major || (major === "0" && newMinor !== minor);
}

class Comparison {
	#released;
	#current;
	#seen = new Set();

	constructor(released, current) {
		this.#released = released;
		this.#current = current;
	}

	/** The changes of the whole package. */
	*changes() {
		const [released, current] = [this.#released, this.#current];
		yield* this.#names(
			"the package",
			{ name: released.name, ...namesOf(released) },
			{ name: current.name, ...namesOf(current) },
		);
		yield* this.#inputs("provider", asInputs(released.provider), asInputs(current.provider));
		for (const [token, resource] of Object.entries(released.resources ?? {})) {
			const now = current.resources?.[token];
			if (now === undefined) yield `resource ${token} is gone`;
			else {
				if (Boolean(now.isComponent) !== Boolean(resource.isComponent))
					yield `resource ${token} changes between resource and component`;
				yield* this.#inputs(token, asInputs(resource), asInputs(now));
				yield* this.#outputs(token, resource, now);
			}
		}
		for (const [token, lookup] of Object.entries(released.functions ?? {})) {
			const now = current.functions?.[token];
			if (now === undefined) yield `function ${token} is gone`;
			else {
				yield* this.#inputs(token, lookup.inputs, now.inputs);
				yield* this.#outputs(token, lookup.outputs, now.outputs);
			}
		}
		for (const token of Object.keys(released.types ?? {})) {
			if (current.types?.[token] === undefined) yield `type ${token} is gone`;
		}
	}

	/** What packages are called, by language. */
	*#names(owner, released, current) {
		for (const [key, value] of Object.entries(released)) {
			if (JSON.stringify(current[key]) !== JSON.stringify(value)) yield `${owner} has another ${key}`;
		}
	}

	/** What programs write: they may write as before. */
	*#inputs(owner, released = {}, current = {}) {
		for (const name of current.required ?? []) {
			if (!(released.required ?? []).includes(name)) yield `${owner} requires the input ${name}`;
		}
		yield* this.#properties(owner, "input", released, current);
	}

	/** What programs read: it is there as before. */
	*#outputs(owner, released = {}, current = {}) {
		for (const name of released.required ?? []) {
			if (name in (current.properties ?? {}) && !(current.required ?? []).includes(name)) {
				yield `${owner} may have no output ${name}`;
			}
		}
		yield* this.#properties(owner, "output", released, current);
	}

	*#properties(owner, direction, { properties = {} }, { properties: now = {} }) {
		for (const [name, property] of Object.entries(properties)) {
			const path = `${owner}.${name}`;
			if (now[name] === undefined) yield `${owner} has no ${direction} ${name} any more`;
			else {
				if (property.secret && !now[name].secret) yield `${path} is no secret any more`;
				for (const mark of ["replaceOnChanges", "willReplaceOnChanges"]) {
					if (now[name][mark] && !property[mark]) yield `a change of ${path} replaces the resource`;
				}
				yield* this.#type(path, direction, property, now[name]);
			}
		}
	}

	*#type(path, direction, released, current) {
		if (kindOf(released) !== kindOf(current)) yield `${path} has another type`;
		for (const part of ["items", "additionalProperties"]) {
			if (released[part] && current[part]) yield* this.#type(path, direction, released[part], current[part]);
		}
		const token = released.$ref?.replace("#/types/", "");
		const [type, now] = [this.#released.types?.[token], this.#current.types?.[token]];
		if (!type || !now || this.#seen.has(`${direction} ${token}`)) return;
		this.#seen.add(`${direction} ${token}`);
		for (const { name, value } of type.enum ?? []) {
			if (!now.enum?.some((one) => one.value === value && one.name === name))
				yield `${token} has no value ${name} (${value}) any more`;
		}
		yield* direction === "input" ? this.#inputs(token, type, now) : this.#outputs(token, type, now);
	}
}

const kindOf = ({ type, $ref, oneOf }) => JSON.stringify([type, $ref, oneOf]);

/** The inputs of a resource or provider. */
const asInputs = ({ inputProperties, requiredInputs } = {}) => ({
	properties: inputProperties,
	required: requiredInputs,
});

/** What the package is called in each language. */
const namesOf = ({ language = {} }) => ({
	"import path in Go": language.go?.importBasePath,
	"name on npm": language.nodejs?.packageName,
	"name in Python": language.python?.packageName,
	"namespace in C#": [language.csharp?.rootNamespace, language.csharp?.namespaces],
	"package in Java": language.java?.basePackage,
});
