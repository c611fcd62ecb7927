import { describe, expect, test } from "vitest";
import { ownerProperty } from "../../provider/serialized-provider";
import { type Properties, withProvider } from "./support/provider-process";
import { byHand, idOf, idsIn, service, webApp, withAdopted as adopted, works } from "./support/seam-clients";
import { type StackModel, stackModels } from "./support/stack-model";

const startStackModel = stackModels();
const withAdopted = async (change?: Properties) => adopted(await startStackModel(), change);
const managedTwice = "two resources of this stack would manage OAuth client";
const orders = [
	["app", "other"],
	["other", "app"],
];

/** Both resources, in an order. */
const inOrder = (order: string[], app: Properties, other: Properties) =>
	Object.fromEntries(order.map((name) => [name, name === "app" ? app : other]));

/** Makes a second entry in state of what `app` manages, as an import does. */
function importAgain({ engine }: StackModel, name = "other") {
	const [row] = engine.rows;
	if (row === undefined) throw new Error("state has nothing to import again");
	const { [ownerProperty]: owner } = withProvider({}, name);
	const mine = (properties: Properties) => ({ ...properties, [ownerProperty]: owner });
	engine.rows.push({ ...row, name, inputs: mine(row.inputs), outputs: mine(row.outputs) });
}

describe("a client that another resource of the stack has is refused to a resource that adopts it", () => {
	test.each([
		["that has adopted it", "id", (id: string) => ({ adopt: { clientId: id } })],
		["that has adopted it", "name", () => ({ adopt: { name: "CRM sync" } })],
	])(
		"as a copy of the one %s, by %s: in the preview and in up, whichever comes first",
		async (_owner, _by, adopting) => {
			for (const order of orders) {
				const { stack, id, secret } = await withAdopted();
				const program = service(adopting(id));
				await stack.succeed("up", { app: program });
				for (const command of ["preview", "up"] as const) {
					const error = await stack.fail(command, inOrder(order, program, program));
					expect(error).toContain(`${managedTwice} (${id}): app and other. To rename a resource`);
					expect(error).not.toContain("\n");
				}
				expect(idsIn(stack)).toEqual([id]);
				// Whoever follows the error, or takes one of the two out of the program without it, keeps the client.
				await stack.succeed("up", { app: program });
				expect(stack.engine.rows.map(({ name }) => name)).toEqual(["app"]);
				expect(stack.simulator.organization.checkSecret(id, secret)).toBe(true);
				expect(stack.simulator.organization.client(id)?.state).toBe("active");
			}
		},
	);

	test("and has made it itself, whichever comes first", async () => {
		for (const order of orders) {
			const stack = await startStackModel();
			await stack.succeed("up", { app: service() });
			const program = inOrder(order, service(), service({ adopt: { clientId: idOf(stack) } }));
			for (const command of ["preview", "up"] as const)
				expect(await stack.fail(command, program)).toContain(managedTwice);
			await stack.succeed("up", { app: service() });
			expect([idsIn(stack), works(stack)]).toEqual([[idOf(stack)], true]);
		}
	});

	test("and has made it in the same run", async () => {
		const stack = await startStackModel();
		const program = { app: service(), other: service({ adopt: { name: "CRM sync" } }) };
		expect(await stack.fail("up", program)).toContain(managedTwice);
		expect(stack.engine.rows.map(({ name }) => name)).toEqual(["app"]);
		expect(works(stack)).toBe(true);
	});

	test("also after a refresh", async () => {
		for (const order of orders) {
			const { stack, adopting } = await withAdopted();
			const program = inOrder(order, adopting, service({ ...adopting, description: "other" }));
			expect(await stack.fail("up", program, { refresh: true })).toContain(managedTwice);
		}
	});
});

describe("a client goes over to another resource", () => {
	test("that adopts it in the run in which its own leaves the program, also when that run fails", async () => {
		const { stack, id, secret } = await withAdopted();
		const other = service({ adopt: { clientId: id } });
		byHand(stack, { name: "twice" });
		byHand(stack, { name: "twice" });
		await stack.fail("up", { other, web: webApp({ adopt: { name: "twice" } }) });
		await stack.succeed("up", { other, web: webApp() });
		expect(stack.engine.rows.map(({ name }) => name).toSorted()).toEqual(["other", "web"]);
		expect(stack.simulator.organization.checkSecret(id, secret)).toBe(true);
	});

	test.each(["app", "other"])(
		"that imported it: when %s leaves the program only its entry goes, the client stays, and one line says so",
		async (leaving) => {
			for (const isFirst of [true, false]) {
				const stack = await startStackModel();
				await stack.succeed("up", { app: service() });
				const [id, secret] = [idOf(stack), String(stack.engine.row("app")?.outputs["clientSecret"])];
				importAgain(stack);
				if (!isFirst) stack.engine.rows.reverse();
				const staying = leaving === "app" ? "other" : "app";
				const { notices } = await stack.succeed("up", { [staying]: service() });
				expect(stack.engine.rows.map(({ name }) => name)).toEqual([staying]);
				expect(stack.simulator.organization.client(id)?.state).toBe("active");
				expect(stack.simulator.organization.checkSecret(id, secret)).toBe(true);
				expect(notices.match(/wasn't deleted; only this entry was removed from state/g)).toHaveLength(1);
			}
		},
	);

	test("that imported it, and both in the program are refused, in the preview already; a destroy deletes it once", async () => {
		for (const order of orders) {
			const stack = await startStackModel();
			await stack.succeed("up", { app: service() });
			importAgain(stack);
			for (const command of ["preview", "up"] as const) {
				const error = await stack.fail(command, inOrder(order, service(), service()));
				expect(error).toContain("If state holds the client twice, remove one entry with pulumi state delete");
			}
			await stack.succeed("destroy");
			expect([idsIn(stack), stack.engine.rows]).toEqual([[], []]);
		}
	});
});

/** What Pulumi makes of an alias: the entry has the new name, and its outputs are as they were. */
function rename(stack: StackModel) {
	const row = stack.engine.row("app");
	if (row === undefined) throw new Error("state has no app");
	row.name = "renamed";
}

describe("a resource with a new name and an alias", () => {
	test("keeps its client, without a call", async () => {
		const { stack, id, adopting } = await withAdopted();
		rename(stack);
		await stack.succeed("up", { renamed: adopting });
		expect(stack.simulator.requests.count()).toBe(0);
		expect(idsIn(stack)).toEqual([id]);
	});

	test("may be replaced at once: the new client logs in, and the old one is deleted", async () => {
		const { stack, id, adopting } = await withAdopted();
		rename(stack);
		await stack.succeed("up", { renamed: webApp({ adopt: adopting["adopt"] }) });
		expect(idsIn(stack)).toEqual([idOf(stack, "renamed")]);
		expect([idsIn(stack).includes(id), works(stack, "renamed")]).toEqual([false, true]);
	});

	test("may be destroyed: its client is deleted", async () => {
		const { stack } = await withAdopted();
		rename(stack);
		await stack.succeed("destroy");
		expect(idsIn(stack)).toEqual([]);
	});
});
