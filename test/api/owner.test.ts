import { describe, expect, test } from "vitest";
import { dynamicOperations } from "../../provider/dynamic-operations";
import { secretsOf } from "../../provider/lifecycle/argument-table";
import { clientTable } from "../../provider/lifecycle/oauth-client/arguments";
import type { Properties } from "../../provider/lifecycle/properties";
import { DIVISION_IDS, ROLE_IDS } from "../../simulator";
import { paths } from "./support/client-requests";
import { ownerOf, service, webApp } from "./support/lifecycle-run";
import { type Resource, startOperations } from "./support/operations-run";
import { failureOf, type SimulatedApi, startSimulatedApi } from "./support/simulated-api";

const managedTwice = "two resources of this stack would manage";
const fields = { clientId: "11111111-1111-4111-8111-111111111111", clientSecret: "the-secret-of-the-tests" };
type Run = ReturnType<typeof startOperations>;

/** A kind of resources: what is alike for each. */
interface Kind {
	resource: (run: Run, name: string) => Resource;
	program: Properties;
	/** A program that a change of which replaces. */
	replacing: Properties;
	byId: (id: string) => Properties;
	/** Makes one that is as the program declares, by hand. */
	byHand: (simulated: SimulatedApi, change?: { name: string }) => string;
	/** Removes one by hand. */
	remove: (simulated: SimulatedApi, id: string) => void;
	/** The path of one in the API. */
	pathOfOne: string;
	/** The ids of those that live. */
	ids: (simulated: SimulatedApi) => string[];
}

const client: Kind = {
	resource: (run, name) => run.client(name),
	program: service,
	replacing: { ...webApp, name: "CRM sync" },
	byId: (clientId) => ({ clientId }),
	byHand: ({ simulator }, change) =>
		simulator.organization.addClient({
			name: "CRM sync",
			roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }],
			...change,
		}).client.id,
	remove: ({ simulator }, id) => simulator.organization.removeClient(id),
	pathOfOne: paths.client,
	ids: ({ simulator }) => simulator.organization.clients().map(({ id }) => id),
};
const credential: Kind = {
	resource: (run, name) => run.credential(name),
	program: { name: "CRM sync", fields },
	replacing: { name: "CRM sync", type: "basicAuth", fields: { userName: "u", password: "p" } },
	byId: (credentialId) => ({ credentialId }),
	byHand: ({ simulator }, change) => simulator.organization.addCredential({ name: "CRM sync", ...change }).id,
	remove: ({ simulator }, id) => simulator.organization.removeCredential(id),
	pathOfOne: "/api/v2/integrations/credentials/{credentialId}",
	ids: ({ simulator }) => simulator.organization.credentials().map(({ id }) => id),
};

describe.each([
	["a client", client],
	["a credential", credential],
])("%s", (_kind, { resource, program, replacing, byId, byHand, remove, pathOfOne, ids }) => {
	const adopts = { id: byId, name: () => ({ name: "CRM sync" }) };
	const adopting = (id: string): Properties => ({ ...program, adopt: byId(id) });

	/** A stack whose resource `a` has adopted one. */
	async function withAdopted(by: keyof typeof adopts = "id") {
		const simulated = await startSimulatedApi();
		const id = byHand(simulated);
		const declared = { ...program, adopt: adopts[by](id) };
		const entry = await resource(startOperations(simulated), "a").create(declared);
		return { simulated, id, declared, entry };
	}

	/** A stack whose resource `a` has made one. */
	async function withMade() {
		const simulated = await startSimulatedApi();
		const entry = await resource(startOperations(simulated), "a").create(program);
		return { simulated, id: entry.id, declared: program, entry };
	}

	/** A run that can read the state of the stack, whose entries belong to resources by these names. */
	function startKnowing(simulated: SimulatedApi, names: Record<string, string>) {
		let reads = 0;
		const run: Run = startOperations(simulated, {
			readEntries: async () => {
				reads += 1;
				return new Map(Object.entries(names).map(([id, name]) => [id, resource(run, name).owner]));
			},
		});
		return Object.assign(run, { reads: () => reads });
	}

	test.each(["id", "name"] as const)(
		"that a resource has adopted by %s is refused to its copy, in the preview and whichever comes first",
		async (by) => {
			const { simulated, id, declared, entry } = await withAdopted(by);
			const first = startOperations(simulated);
			await resource(first, "a").compare(declared, entry);
			expect((await failureOf(resource(first, "b").check(declared))).message).toContain(`(${id}): a and b.`);
			const second = startOperations(simulated);
			await resource(second, "b").check(declared);
			expect((await failureOf(resource(second, "a").compare(declared, entry))).message).toContain(managedTwice);
			expect(ids(simulated)).toEqual([id]);
		},
	);

	test("that two new resources adopt, by id and by name, is refused to one of them, in the preview and in up", async () => {
		const simulated = await startSimulatedApi();
		const id = byHand(simulated);
		const [one, other] = [adopting(id), { ...program, adopt: { name: "CRM sync" } }];
		const previewed = startOperations(simulated);
		await resource(previewed, "a").previewNew(one);
		expect((await failureOf(resource(previewed, "b").previewNew(other))).message).toContain(`(${id}): a and b.`);
		const run = startOperations(simulated);
		const results = await Promise.allSettled([resource(run, "a").create(one), resource(run, "b").create(other)]);
		const [failure, ...more] = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
		expect([(failure as Error).message, more]).toEqual([expect.stringContaining(`(${id}): a and b.`), []]);
		expect(ids(simulated)).toEqual([id]);
	});

	test("that a resource of the run has just made is refused to another", async () => {
		const simulated = await startSimulatedApi();
		const run = startOperations(simulated);
		const { id } = await resource(run, "a").create(program);
		for (const adopt of [byId(id), { name: "CRM sync" }]) {
			expect((await failureOf(resource(run, "b").create({ ...program, adopt }))).message).toContain(managedTwice);
		}
	});

	test("that two entries have stays when one of them leaves the program, and one line says so", async () => {
		const { simulated, id, entry } = await withMade();
		for (const [staying, leaving] of [
			["a", "b"],
			["b", "a"],
		] as const) {
			const run = startOperations(simulated);
			await resource(run, staying).up(program, entry);
			await resource(run, leaving).delete(entry);
			expect(ids(simulated)).toEqual([id]);
			expect(run.notices.join()).toContain(
				"wasn't deleted; only this entry was removed from state: this run adopted it again, or another resource manages it",
			);
		}
	});

	test("that two entries have is refused to both when both stay in the program", async () => {
		const { simulated, entry } = await withMade();
		const run = startOperations(simulated);
		await resource(run, "a").compare(program, entry);
		expect((await failureOf(resource(run, "b").compare(program, entry))).message).toContain(
			"remove one entry with pulumi state delete",
		);
	});

	test("that is gone may be followed by an adoption in the run whose refresh finds that", async () => {
		const { simulated, id, declared, entry } = await withAdopted("name");
		remove(simulated, id);
		const next = byHand(simulated);
		const run = startKnowing(simulated, { [id]: "a" });
		expect((await resource(run, "a").refresh(entry)).id).toBe("");
		expect((await resource(run, "a").create(declared)).id).toBe(next);
	});

	test("that two entries have goes with the second one when the first deletion fails", async () => {
		const { simulated, entry } = await withMade();
		simulated.fault("DELETE", pathOfOne, { kind: "status", status: 403 });
		const run = startOperations(simulated);
		await failureOf(resource(run, "a").delete(entry));
		await resource(run, "b").delete(entry);
		expect(ids(simulated)).toEqual([]);
	});

	test("that two entries have is deleted once when both go", async () => {
		const { simulated, entry } = await withMade();
		const run = startOperations(simulated);
		await Promise.all(["a", "b"].map(async (name) => resource(run, name).delete(entry)));
		expect(simulated.calls().filter((call) => call.startsWith("DELETE"))).toHaveLength(1);
	});

	test("stays when a resource of another name adopts it in the run in which its own leaves the program", async () => {
		const { simulated, id, entry } = await withAdopted();
		const run = startOperations(simulated);
		expect((await resource(run, "b").create(adopting(id))).id).toBe(id);
		await resource(run, "a").delete(entry);
		expect(ids(simulated)).toEqual([id]);
		expect(run.notices.join()).toContain("only this entry was removed from state");
	});

	describe("that --replace or a taint replaces", () => {
		test.each(["id", "name"] as const)(
			"is followed by a new one, though the program adopts it by %s, and is deleted; nothing is asked",
			async (by) => {
				const { simulated, id, declared, entry } = await withAdopted(by);
				const run = startKnowing(simulated, { [id]: "a" });
				const { adopts: isAdopting } = await resource(run, "a").check(declared);
				expect(isAdopting).toBe(false);
				await resource(run, "a").previewNew(declared);
				const made = await resource(run, "a").create(declared);
				expect([made.id === id, made.outs["adoptionId"]]).toEqual([false, undefined]);
				await resource(run, "a").delete(entry);
				expect(ids(simulated)).toEqual([made.id]);
				expect([run.reads(), run.notices]).toEqual([1, []]);
			},
		);

		test("is followed by a new one within 24 hours of its creation, and is deleted; nothing is asked", async () => {
			const { simulated, id, entry } = await withMade();
			const run = startKnowing(simulated, { [id]: "a" });
			const made = await resource(run, "a").create(program);
			await resource(run, "a").delete(entry);
			expect(ids(simulated)).toEqual([made.id]);
			expect([made.id === id, run.reads(), run.notices]).toEqual([false, 1, []]);
		});

		test("is adopted again where the stack's state can't be read, and isn't deleted", async () => {
			const { simulated, id, declared, entry } = await withAdopted();
			const run = startOperations(simulated);
			const again = await resource(run, "a").create(declared);
			await resource(run, "a").delete(entry);
			expect([again.id, ids(simulated)]).toEqual([id, [id]]);
			expect(run.notices.join()).toContain("To replace it with a new");
		});

		test("is deleted after a failed run too, unless it was adopted again: then its old entry goes alone", async () => {
			const { simulated, id, declared, entry } = await withAdopted();
			const again = await resource(startOperations(simulated), "a").create(declared);
			// Another resource's failure ended that run before the old entry was deleted.
			for (const now of [declared, program]) {
				const next = startOperations(simulated);
				expect((await resource(next, "a").compare(now, again)).replaces).toEqual([]);
				await resource(next, "a").delete(entry);
				expect(ids(simulated)).toEqual([id]);
			}
		});
	});

	test("whose resource has a new name without an alias: the error names the other resource and says alias", async () => {
		const { simulated, id } = await withMade();
		const run = startKnowing(simulated, { [id]: "a" });
		const { message } = await failureOf(resource(run, "b").create(program));
		expect(message).toContain(`of this name already: ${id}, under the resource a.`);
		expect(message).toContain("give it an alias, which keeps the");
		expect(message).toContain('aliases: [{ name: "a" }]');
		expect(message).not.toMatch(/\n|interrupted|TAKE_OVER/);
		expect(ids(simulated)).toEqual([id]);
	});

	test("may be adopted by a new resource although the stack's state is read: others' entries are no reason against it", async () => {
		const { simulated, id } = await withAdopted();
		const run = startKnowing(simulated, { [id]: "a" });
		expect((await resource(run, "b").create(adopting(id))).id).toBe(id);
	});

	test("that the stack adopted is replaced by a new one when a setting requires that, and is deleted", async () => {
		const { simulated, id, entry } = await withAdopted();
		const run = startOperations(simulated);
		const declared = { ...replacing, adopt: byId(id) };
		const made = await resource(run, "a").up(declared, entry);
		await resource(run, "a").delete(entry);
		expect([made.id === id, ids(simulated)]).toEqual([false, [made.id]]);
		expect(await resource(startOperations(simulated), "a").compare(declared, made)).toMatchObject({ replaces: [] });
	});

	test("that the stack adopted is replaced by another that the program adopts in its place, and is deleted", async () => {
		const { simulated, entry } = await withAdopted();
		const other = byHand(simulated, { name: "Other" });
		const run = startOperations(simulated);
		const adopted = await resource(run, "a").up(adopting(other), entry);
		await resource(run, "a").delete(entry);
		expect([adopted.id, ids(simulated)]).toEqual([other, [other]]);
	});

	test("is deleted by a destroy, adopted or not, with a refresh before it too", async () => {
		for (const start of [withAdopted, withMade]) {
			for (const isRefreshed of [false, true]) {
				const { simulated, entry } = await start();
				const run = startOperations(simulated);
				const { id, outs } = isRefreshed ? await resource(run, "a").refresh(entry) : entry;
				await resource(run, "a").delete({ id, outs });
				expect(ids(simulated)).toEqual([]);
			}
		}
	});

	test("is compared and replaced by the options of the program, such as replaceOnChanges: the old one is deleted", async () => {
		for (const start of [withAdopted, withMade]) {
			const { simulated, id, declared, entry } = await start();
			const run = startKnowing(simulated, { [id]: "a" });
			expect((await resource(run, "a").compare({ ...declared, name: "New" }, entry)).replaces).toEqual([]);
			const made = await resource(run, "a").create({ ...declared, name: "New" });
			await resource(run, "a").delete(entry);
			expect([made.id === id, ids(simulated)]).toEqual([false, [made.id]]);
			expect(run.reads()).toBe(0);
		}
	});

	test("isn't updated, in a preview either, where a comparison says that it is replaced", async () => {
		const { simulated, entry } = await withMade();
		const before = simulated.simulator.requests.count();
		for (const how of ["update", "previewUpdate"] as const) {
			const { message } = await failureOf(resource(startOperations(simulated), "a")[how](replacing, entry));
			expect(message).toMatch(
				/a change of (authorizedGrantType|type) replaces the \w+, so it can't be updated: run pulumi up/,
			);
		}
		expect(simulated.simulator.requests.count()).toBe(before);
	});
});

test("the state of the stack is read once a run, and not at all where nothing adopts or is asked about", async () => {
	const simulated = await startSimulatedApi();
	let reads = 0;
	const readEntries = async () => {
		reads += 1;
		return new Map<string, string>();
	};
	const run = startOperations(simulated, { readEntries });
	await Promise.all(["a", "b"].map(async (name) => run.client(name).create({ ...service, name })));
	expect(reads).toBe(0);
	const [one, other] = [client.byHand(simulated, { name: "One" }), client.byHand(simulated, { name: "Other" })];
	for (const [name, id] of Object.entries({ one, other })) {
		await run.client(name).create({ ...service, name, adopt: { clientId: id } });
	}
	expect(reads).toBe(1);
});

test("the dynamic front knows a resource by its present name, also where its outputs are older than an alias", async () => {
	const simulated = await startSimulatedApi();
	const front = () => dynamicOperations(startOperations(simulated).oauthClient, clientTable);
	const marks = Object.fromEntries(secretsOf(clientTable).outputs.map((name) => [name, null]));
	const declare = (name: string, change: Properties = {}) => ({
		...service,
		...marks,
		...change,
		__owner: ownerOf(name),
		__provider: "the text",
	});
	const { inputs } = await front().check({}, declare("old"));
	const { id, outs } = await front().create(inputs);
	const run = front();
	const { inputs: news } = await run.check(inputs, declare("new", { name: "New" }));
	// The option replaceOnChanges makes a replacement of what is an update to the provider.
	expect(await run.diff(id, { ...outs, __provider: "the text" }, news)).toMatchObject({ changes: true, replaces: [] });
	const made = await run.create((await run.check({}, declare("new", { name: "New" }))).inputs);
	await run.delete(id, outs);
	expect(client.ids(simulated)).toEqual([made.id]);
	expect(made.outs["__owner"]).toBe(ownerOf("new"));
});
