import { expect, test } from "vitest";
import { dynamicOperations } from "../../provider/dynamic-operations";
import { type Properties, sameJson } from "../../provider/lifecycle/properties";
import { clientTable } from "../../provider/lifecycle/oauth-client/arguments";
import type { Operations } from "../../provider/lifecycle/operations";

const hidden: Properties = { __owner: "the URN", __provider: "the text" };
/** Operations on something that exists in state alone. */
const inState: Operations = {
	check: async (_owner, _olds, inputs) => ({ inputs, failures: [], adopts: inputs["adopt"] !== undefined }),
	diff: async (_owner, _id, olds, news) => {
		const changes = !sameJson(olds, news);
		return { changes, changed: [], hasOtherWork: changes, replaces: [] };
	},
	preview: async (_owner, inputs) => inputs,
	create: async (_owner, inputs) => ({ id: "id", outs: inputs }),
	read: async (_owner, id, props) => ({ id, props }),
	update: async (_owner, _managed, outs) => ({ outs }),
	delete: async () => undefined,
	toInputs: (outputs) => outputs,
};
const { check, create, diff, read, update } = dynamicOperations(inState, {});

test("a hidden argument that differs is no change; one that state of the plugin lacks is", async () => {
	const olds = { generation: 1, ...hidden };
	expect(await diff("id", olds, { ...olds, __owner: "another", __provider: "another" })).toMatchObject({
		changes: false,
	});
	expect(await diff("id", { generation: 1 }, olds)).toMatchObject({ changes: true, replaces: [] });
	expect(await diff("id", olds, { ...olds, generation: 2 })).toMatchObject({ changes: true });
});

test("check tells the program by a hidden input that a resource adopts something, which its preview then describes", async () => {
	expect((await check({}, { adopt: {}, ...hidden })).inputs).toEqual({
		adopt: {},
		__owner: "the URN",
		__adopts: true,
	});
	expect((await check({}, hidden)).inputs).toEqual({ __owner: "the URN" });
});

test("of the hidden arguments only the owner is kept in the outputs: that of the program, not of state", async () => {
	const kept = { generation: 1, __owner: "the URN" };
	const { id, outs } = await create({ generation: 1, ...hidden });
	expect(outs).toEqual(kept);
	expect(await read(id, outs)).toEqual({ id, props: kept });
	expect(await update(id, { ...outs, __owner: "before an alias" }, { generation: 1, ...hidden })).toEqual({
		outs: kept,
	});
});

test("a read of state without an owner returns nothing that Pulumi can't carry", async () => {
	const { props } = await read("id", { generation: 1, __provider: "the text" });
	expect(Object.keys(props ?? {})).toEqual(["generation"]);
});

test("without the mark of an output that is a secret, or is made of a secret argument, nothing is created or changed", async () => {
	const client = dynamicOperations(inState, clientTable);
	const always: Properties = { clientSecret: null, unmanagedSettings: null };
	const inputs: Properties = {
		...hidden,
		roleDivisions: [],
		secretInputs: ["roleDivisions"],
		...always,
		roleIds: null,
	};
	const checked = await client.check({}, inputs);
	expect(checked).toMatchObject({ inputs: { ...always, roleIds: null, roleDivisions: [] }, failures: [] });
	for (const name of ["clientSecret", "unmanagedSettings", "roleIds"]) {
		const { [name]: _, ...without } = inputs;
		const reason = `${name} would be in plain text in the state`;
		const { failures } = await client.check({}, without);
		expect(failures).toEqual([{ property: "", reason: expect.stringContaining(reason) as string }]);
		await expect(client.create(without)).rejects.toThrow(reason);
		await expect(client.update("id", {}, without)).rejects.toThrow(reason);
	}
	const { roleIds: _, secretInputs: _names, ...plainly } = inputs;
	expect((await client.check({}, plainly)).failures).toEqual([]);
});
