import { describe, expect, test } from "vitest";
import { ROLE_IDS } from "../../simulator";
import { paths } from "./support/client-requests";
import type { Properties } from "./support/provider-process";
import { byHand, guarded, idOf, idsIn, service, webApp, withAdopted as adopted, works } from "./support/seam-clients";
import { stackModels } from "./support/stack-model";

const startStackModel = stackModels();

const withAdopted = async (change?: Properties) => adopted(await startStackModel(), change);

/** A stack whose guarded client was in use yesterday. */
async function withUsed() {
	const stack = await startStackModel({ seed: { usageQueries: { runningPolls: 0 } } });
	await stack.succeed("up", { app: guarded() });
	const date = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
	const use = { date, templateUri: "/api/v2/users", httpMethod: "GET" as const, status200: 5 };
	stack.simulator.organization.addUsage({ clientId: idOf(stack), ...use });
	return stack;
}

/** The same stack with the credentials of another organization. */
async function elsewhere(program: Properties) {
	const stack = await startStackModel();
	await stack.succeed("up", { app: program });
	const other = await startStackModel();
	const config = { ...stack.config };
	Object.assign(stack.config, other.config);
	return { stack, back: () => Object.assign(stack.config, config), other };
}

describe("a client that was adopted", () => {
	test("is deleted by a forced replacement of a program that has dropped adopt", async () => {
		const { stack, id } = await withAdopted();
		await stack.succeed("up", { app: service() }, { replace: ["app"] });
		expect(idsIn(stack)).toEqual([idOf(stack)]);
		expect(idOf(stack)).not.toBe(id);
		expect(works(stack)).toBe(true);
	});

	test("is deleted by a replacement for another grant with adopt left in the program: a new client is made", async () => {
		const { stack, id, adopting } = await withAdopted();
		const program = { app: webApp({ name: "CRM sync", adopt: adopting["adopt"] }) };
		await stack.succeed("up", program);
		expect(idsIn(stack)).toEqual([idOf(stack)]);
		expect(idOf(stack)).not.toBe(id);
		expect(works(stack)).toBe(true);
		stack.simulator.requests.clear();
		await stack.succeed("up", program);
		expect(stack.simulator.requests.count()).toBe(0);
		// And once more, back to what was adopted.
		stack.config["genesyscloud:allowSameName"] = idOf(stack);
		await stack.succeed("up", { app: adopting });
		expect(idsIn(stack)).toEqual([idOf(stack)]);
		expect(works(stack)).toBe(true);
	});

	test("by name is replaced likewise, also when there are namesakes by then", async () => {
		const { stack, id } = await withAdopted({ adopt: { name: "CRM sync" } });
		const other = byHand(stack);
		await stack.succeed("up", { app: webApp({ name: "CRM sync", adopt: { name: "CRM sync" } }) });
		expect(new Set(idsIn(stack))).toEqual(new Set([other.id, idOf(stack)]));
		expect([id, other.id]).not.toContain(idOf(stack));
	});

	// Of such a replacement Pulumi tells a provider nothing that it doesn't tell of a new resource and of one that leaves the program: only the
	// stack's state does.
	test("is adopted again by a forced replacement where the stack's state can't be read, and isn't deleted; the log says how to replace it", async () => {
		const { stack, id, secret, adopting } = await withAdopted();
		const { notices } = await stack.succeed("up", { app: adopting }, { replace: ["app"] });
		expect([idsIn(stack), idOf(stack)]).toEqual([[id], id]);
		expect(stack.simulator.organization.checkSecret(id, secret)).toBe(true);
		expect(notices).toContain("To replace it with a new client, remove adopt from the program");
		await stack.succeed("up", { app: adopting }, { replace: ["app"], refresh: true });
		expect([idsIn(stack), idOf(stack), stack.engine.rows.length]).toEqual([[id], id, 1]);
	});

	test("is replaced by another that the program adopts in its place", async () => {
		const { stack, id } = await withAdopted();
		const other = byHand(stack, { name: "Other" });
		await stack.succeed("up", { app: service({ adopt: { clientId: other.id } }) });
		expect([idOf(stack), idsIn(stack)]).toEqual([other.id, [other.id]]);
		expect(idsIn(stack)).not.toContain(id);
	});

	test("and deleted outside is gone: the error says to take adopt out, and then a new one is made", async () => {
		const { stack, id, adopting } = await withAdopted();
		stack.simulator.organization.removeClient(id);
		await stack.succeed("refresh");
		expect(await stack.fail("up", { app: adopting })).toContain("or remove adopt to create a new client");
		await stack.succeed("up", { app: service() });
		expect(works(stack)).toBe(true);
	});
});

describe("the deletion guard", () => {
	test("is asked in the preview of a replacement, with a refresh that finds a drift before it too", async () => {
		const stack = await withUsed();
		const other = { app: guarded({ authorizedGrantType: "SAML2-BEARER" }) };
		expect(await stack.fail("preview", other)).toContain("the client is in use, so it wasn't deleted");
		stack.simulator.organization.changeClient(idOf(stack), { description: "by hand" });
		expect(await stack.fail("preview", other, { refresh: true })).toContain(
			"the client is in use, so it wasn't deleted",
		);
	});

	test("refuses no refresh that shows a drift of the grant", async () => {
		const stack = await withUsed();
		stack.simulator.organization.changeClient(idOf(stack), { authorizedGrantType: "SAML2-BEARER" });
		await stack.succeed("refresh");
		expect(await stack.fail("preview", { app: guarded() })).toContain("the client is in use, so it wasn't deleted");
	});

	test("isn't asked for a grant that isn't known yet: up decides", async () => {
		const stack = await withUsed();
		const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
		stack.simulator.requests.clear();
		await stack.succeed("preview", { app: guarded({ authorizedGrantType: unknown }) });
		expect(stack.simulator.requests.count()).toBe(0);
		expect(await stack.fail("up", { app: guarded({ authorizedGrantType: "SAML2-BEARER" }) })).toContain(
			"the client is in use, so it wasn't deleted",
		);
	});
});

describe("a destroy", () => {
	test("of a client that has lost a role that state still has sends what is there", async () => {
		const stack = await startStackModel();
		const roleDivisions = [ROLE_IDS.employee, ROLE_IDS.communicateUser].map((roleId) => ({ roleId, divisionId: "*" }));
		await stack.succeed("up", { app: service({ roleDivisions }) });
		const { organization, requests } = stack.simulator;
		organization.changeClient(idOf(stack), { roleDivisions: roleDivisions.slice(0, 1) });
		organization.removeRole(ROLE_IDS.communicateUser);
		requests.clear();
		await stack.succeed("destroy");
		expect(idsIn(stack)).toEqual([]);
		expect(requests.filter({ kind: "api" }).map(({ method }) => method)).toEqual(["PUT", "GET", "PUT", "DELETE"]);
	});

	test("of a client none of whose roles exists any more succeeds", async () => {
		const stack = await startStackModel();
		await stack.succeed("up", { app: service() });
		stack.simulator.organization.removeRole(ROLE_IDS.employee);
		await stack.succeed("destroy");
		expect(idsIn(stack)).toEqual([]);
	});
});

describe("what is shown", () => {
	test("quotes no more than a little of a long name", async () => {
		const stack = await startStackModel();
		const name = "x".repeat(200_000);
		stack.simulator.faults.add({ kind: "status", method: "POST", path: paths.clients, status: 403, times: 2 });
		expect((await stack.fail("up", { app: service({ name }) })).length).toBeLessThan(1000);
		expect((await stack.fail("up", { app: service({ adopt: { name } }) })).length).toBeLessThan(1000);
		expect((await stack.fail("up", { app: service({ [name]: 1 }) })).length).toBeLessThan(1500);
		await stack.fail("up", { app: service({ name }) });
		const { notices } = await stack.succeed("up", { app: service({ name }) });
		stack.simulator.organization.removeClient(idOf(stack));
		const gone = await stack.succeed("refresh");
		expect((notices + gone.notices).length).toBeLessThan(1000);
	});

	test("holds nothing that the program gave as a secret: no name, no scope, no description, in errors and notices", async () => {
		const stack = await startStackModel();
		const hidden = {
			name: "hidden-name-of-the-client",
			scope: ["users:readonly", "hidden-scope-of-it"],
			description: "hidden-description",
		};
		const program = webApp({ ...hidden, allowSameName: true, secretInputs: ["name", "scope", "description"] });
		const shown: string[] = [];
		const message = `${hidden.name} ${hidden.scope.join(" ")} ${hidden.description} aren't allowed`;
		const refusal = {
			kind: "status",
			method: "POST",
			path: paths.clients,
			status: 400,
			code: "bad.request",
			message,
		} as const;
		stack.simulator.faults.add(refusal);
		shown.push(await stack.fail("up", { app: program }));
		const answer = { ...webApp(hidden), id: "", scope: ["hidden-scope-of-it"], secret: "s" };
		const { client } = stack.simulator.organization.addClient({
			name: "n",
			authorizedGrantType: "CODE",
			scope: ["users"],
		});
		stack.simulator.faults.add({
			kind: "status",
			method: "POST",
			path: paths.clients,
			status: 200,
			body: { ...answer, id: client.id },
		});
		shown.push((await stack.succeed("up", { app: program })).notices);
		expect(shown.join()).toContain("didn't apply the declared scope");
		stack.simulator.faults.add({ ...refusal, method: "GET", path: paths.client });
		shown.push(await stack.fail("refresh"));
		stack.simulator.organization.removeClient(client.id);
		shown.push((await stack.succeed("refresh")).notices);
		expect(shown.join()).toContain("was deleted outside Pulumi");
		for (const part of ["hidden-name", "hidden-scope", "hidden-description"]) expect(shown.join()).not.toContain(part);
	});
});

describe("a client that isn't found", () => {
	test.each([
		["a web app", webApp()],
		["a service", service()],
	])(
		"with another organization's credentials stays in state, and the error names both logins: %s",
		async (_, program) => {
			const { stack, back, other } = await elsewhere(program);
			for (const command of ["refresh", "destroy"] as const) {
				const error = await stack.fail(command);
				expect(error).toContain(stack.simulator.administrator.clientId);
				expect(error).toContain(other.simulator.administrator.clientId);
				expect(error).toContain("kept in state");
			}
			expect(stack.engine.rows).toHaveLength(1);
			back();
			expect([works(stack), (await stack.succeed("destroy")).errors]).toEqual([true, []]);
		},
	);

	test("with another login of the same organization is gone, since the list holds the first", async () => {
		const stack = await startStackModel();
		await stack.succeed("up", { app: webApp() });
		const { client, secret = "" } = stack.simulator.organization.addClient({
			name: "second login",
			permissions: "all",
		});
		Object.assign(stack.config, {
			"genesyscloud:oauthClientId": client.id,
			"genesyscloud:oauthClientSecret": secret,
		});
		stack.simulator.organization.removeClient(idOf(stack));
		await stack.succeed("refresh");
		expect(stack.engine.rows).toEqual([]);
	});

	test("is known by whose token it is, where a ready token is given: one call more in a run that creates", async () => {
		const stack = await startStackModel();
		const { administrator, organization, requests } = stack.simulator;
		stack.config["genesyscloud:accessToken"] = organization.issueToken(administrator.clientId);
		await stack.succeed("up", { app: webApp(), other: webApp({ name: "Other" }) });
		expect(requests.count({ template: "/api/v2/tokens/me" })).toBe(1);
		expect(stack.engine.row("app")?.outputs["loginClientId"]).toBe(administrator.clientId);
		organization.removeClient(idOf(stack));
		await stack.succeed("refresh");
		expect(stack.engine.rows.map(({ name }) => name)).toEqual(["other"]);
	});

	test("costs nothing in state but an id, and no call in a run that changes nothing", async () => {
		const stack = await startStackModel();
		await stack.succeed("up", { app: webApp() });
		expect(stack.engine.row("app")?.outputs["loginClientId"]).toBe(stack.simulator.administrator.clientId);
		stack.simulator.requests.clear();
		await stack.succeed("up", { app: webApp() });
		expect(stack.simulator.requests.count()).toBe(0);
	});
});
