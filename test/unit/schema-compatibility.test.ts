import { describe, expect, test } from "vitest";
import schema from "../../plugin/schema.json";
import { incompatibleChanges, mayBreak } from "../../tools/schema-compatibility.mjs";

const released = {
	name: "p",
	language: { go: { importBasePath: "example.com/p" } },
	provider: { inputProperties: { region: { type: "string" } } },
	resources: {
		"p:index:R": {
			properties: { id: { type: "string" }, key: { type: "string", secret: true } },
			required: ["id", "key"],
			inputProperties: {
				name: { type: "string" },
				grant: { $ref: "#/types/p:index:E" },
				o: { $ref: "#/types/p:index:O" },
				row: { $ref: "#/types/p:index:Row" },
			},
			requiredInputs: ["name"],
		},
	},
	functions: {
		"p:index:getR": {
			inputs: { properties: { id: { type: "string" } }, required: [] },
			outputs: { properties: { rows: { type: "array", items: { $ref: "#/types/p:index:Row" } } }, required: ["rows"] },
		},
	},
	types: {
		"p:index:E": {
			type: "string",
			enum: [
				{ name: "A", value: "a" },
				{ name: "B", value: "b" },
			],
		},
		"p:index:O": { type: "object", properties: { days: { type: "integer" } }, required: [] },
		"p:index:Row": { type: "object", properties: { count: { type: "integer" } }, required: ["count"] },
	},
};

type Released = typeof released;
/** A copy of the released schema, changed. */
const changed = (change: (copy: Released) => unknown): object => {
	const copy = structuredClone(released);
	change(copy);
	return copy;
};
const R = "p:index:R";
const getR = "p:index:getR";
const remove = (from: object, name: string) => Reflect.deleteProperty(from, name);

describe("incompatible is", () => {
	const cases: [what: string, change: (copy: Released) => unknown, said: string][] = [
		["a resource that is gone", (copy) => remove(copy.resources, R), "resource p:index:R is gone"],
		["a function that is gone", (copy) => remove(copy.functions, getR), "function p:index:getR is gone"],
		["a type that is gone", (copy) => remove(copy.types, "p:index:O"), "type p:index:O is gone"],
		["an input that is gone", (copy) => remove(copy.resources[R].inputProperties, "o"), `${R} has no input o any more`],
		[
			"an output that is gone",
			(copy) => remove(copy.resources[R].properties, "key"),
			`${R} has no output key any more`,
		],
		[
			"an input that is required now",
			(copy) => copy.resources[R].requiredInputs.push("grant"),
			`${R} requires the input grant`,
		],
		["an output that may be absent now", (copy) => copy.resources[R].required.shift(), `${R} may have no output id`],
		[
			"an output that is no secret any more",
			(copy) => remove(copy.resources[R].properties.key, "secret"),
			`${R}.key is no secret any more`,
		],
		[
			"another type of an input",
			(copy) => (copy.resources[R].inputProperties.name.type = "number"),
			`${R}.name has another type`,
		],
		[
			"another type in a list",
			(copy) => (copy.functions[getR].outputs.properties.rows.items.$ref = "#/types/p:index:O"),
			`${getR}.rows has another type`,
		],
		[
			"a change that replaces now",
			(copy) => Object.assign(copy.resources[R].inputProperties.name, { willReplaceOnChanges: true }),
			`a change of ${R}.name replaces the resource`,
		],
		[
			"a component that was a resource",
			(copy) => Object.assign(copy.resources[R], { isComponent: true }),
			`resource ${R} changes between resource and component`,
		],
		[
			"an enumeration's value that is gone",
			(copy) => copy.types["p:index:E"].enum.pop(),
			"p:index:E has no value B (b) any more",
		],
		[
			"an enumeration's value with another name",
			(copy) => (copy.types["p:index:E"].enum[0]!.name = "X"),
			"p:index:E has no value A (a) any more",
		],
		[
			"a property of an input that is required now",
			(copy) => Object.assign(copy.types["p:index:O"], { required: ["days"] }),
			"p:index:O requires the input days",
		],
		[
			"a property of a result that may be absent now",
			(copy) => copy.types["p:index:Row"].required.pop(),
			"p:index:Row may have no output count",
		],
		[
			"a property of a result that is gone",
			(copy) => remove(copy.types["p:index:Row"].properties, "count"),
			"p:index:Row has no output count any more",
		],
		[
			"a function's input that is gone",
			(copy) => remove(copy.functions[getR].inputs.properties, "id"),
			`${getR} has no input id any more`,
		],
		[
			"a setting of the provider that is gone",
			(copy) => remove(copy.provider.inputProperties, "region"),
			"provider has no input region any more",
		],
		[
			"another name of a package",
			(copy) => (copy.language.go.importBasePath = "example.com/q"),
			"the package has another import path in Go",
		],
	];
	test.each(cases)("%s", (_what, change, said) => {
		expect(incompatibleChanges(released, changed(change))).toContain(said);
	});
});

describe("compatible is", () => {
	const cases: [what: string, change: (copy: Released) => unknown][] = [
		["nothing new", () => undefined],
		[
			"a new resource",
			(copy) => Object.assign(copy.resources, { "p:index:S": { inputProperties: {}, requiredInputs: [] } }),
		],
		["a new optional input", (copy) => Object.assign(copy.resources[R].inputProperties, { more: { type: "string" } })],
		["a new output", (copy) => Object.assign(copy.resources[R].properties, { more: { type: "string" } })],
		["a new value of an enumeration", (copy) => copy.types["p:index:E"].enum.push({ name: "C", value: "c" })],
		["a text", (copy) => Object.assign(copy.resources[R], { description: "Better." })],
		["an input that is no longer required", (copy) => copy.resources[R].requiredInputs.pop()],
		["an output that is a secret now", (copy) => Object.assign(copy.resources[R].properties.id, { secret: true })],
	];
	test.each(cases)("%s", (_what, change) => {
		expect(incompatibleChanges(released, changed(change))).toEqual([]);
	});

	test("the plugin's schema with itself, and not with a part of it", () => {
		expect(incompatibleChanges(schema, schema)).toEqual([]);
		const without = incompatibleChanges(schema, { ...schema, resources: {}, functions: {}, types: {} });
		expect(without).toHaveLength([schema.resources, schema.functions, schema.types].flatMap(Object.keys).length);
	});
});

test("a new major version may break, and a new minor one while that is 0", () => {
	expect([
		mayBreak("0.1.0", "0.1.1"),
		mayBreak("0.1.0", "0.2.0"),
		mayBreak("1.1.0", "1.2.0"),
		mayBreak("1.2.3", "2.0.0"),
	]).toEqual([false, true, false, true]);
});
