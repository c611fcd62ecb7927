import { describe, expect, test } from "vitest";
import { createLifecycle } from "../../provider/lifecycle/create-lifecycle";
import { loginOf } from "../../provider/lifecycle/login-of";
import type { Properties } from "../../provider/lifecycle/properties";
import { ROLE_IDS } from "../../simulator";
import { absentId } from "./support/client-requests";
import { ownerOf, service, startLifecycle } from "./support/lifecycle-run";
import { connection, stagingEnvironment } from "./support/second-organization";
import { failureOf, startSimulatedApi } from "./support/simulated-api";
import { environmentFor } from "./support/simulator-connection";

const own: Properties = { ...service, name: "Pulumi", roleDivisions: [{ roleId: ROLE_IDS.masterAdmin }] };
const turn = (value: number): Properties => ({ ...own, secretRotation: { rotateWhenChanged: { value } } });

/** An organization with a client that the stack manages, and runs that log in with it. */
async function withOwnLogin(program: Properties = turn(1)) {
	const simulated = await startLifecycle();
	const { simulator, ourClock: clock } = simulated;
	const { id, outs } = await simulated.create(program);
	const secret = outs["clientSecret"] as string;
	/** The operations of another run, in the order in which Pulumi calls them. */
	const startRun = (environment: Record<string, string> = {}) => {
		const notices: string[] = [];
		const login = { GENESYSCLOUD_OAUTHCLIENT_ID: id, GENESYSCLOUD_OAUTHCLIENT_SECRET: secret };
		const lifecycle = createLifecycle({
			environment: { ...environmentFor(simulator), ...login, ...environment },
			say: (line) => notices.push(line),
			clock,
		});
		const { oauthClient, session } = lifecycle;
		const owner = ownerOf("app");
		const inputsOf = async (declared: Properties) => (await oauthClient.check(owner, {}, declared)).inputs;
		return {
			notices,
			oauthClient,
			session,
			preview: async (declared: Properties) => oauthClient.diff(owner, id, outs, await inputsOf(declared)),
			/** @param state what state has beside the outputs of the create */
			update: async (declared: Properties, state: Properties = {}) =>
				({
					...(await oauthClient.update(owner, { id, olds: { ...outs, ...state } }, await inputsOf(declared))).outs,
				}) as Properties,
			create: async (declared: Properties) => oauthClient.create(owner, await inputsOf(declared)),
			previewCreate: async (declared: Properties) => oauthClient.preview(owner, await inputsOf(declared)),
			delete: async (about = owner) => oauthClient.delete(about, id, { ...outs }),
		};
	};
	const before = simulated.calls().length;
	return {
		...simulated,
		id,
		outs,
		secret,
		startRun,
		allowed: { GENESYSCLOUD_CHANGE_OWN_LOGIN: id },
		token: {
			GENESYSCLOUD_ACCESS_TOKEN: simulator.organization.issueToken(id),
			GENESYSCLOUD_OAUTHCLIENT_ID: "",
			GENESYSCLOUD_OAUTHCLIENT_SECRET: "",
		},
		/** The calls of the runs that log in with the client. */
		sent: () => simulated.calls().slice(before),
		isUntouched: () =>
			simulator.organization.client(id)?.state === "active" && simulator.organization.checkSecret(id, secret),
	};
}

type Run = ReturnType<Awaited<ReturnType<typeof withOwnLogin>>["startRun"]>;

/** What makes a service of the program a client that users log in with. */
const forUsers: Properties = {
	roleDivisions: undefined,
	authorizedGrantType: "CODE",
	scope: ["users"],
	registeredRedirectUri: ["https://a.example.com"],
};
const inPlace: Properties = { ...forUsers, replaceOnGrantTypeChange: false };
const adopting = (id: string, change: Properties = {}) => ({ ...own, adopt: { clientId: id }, ...change });
const refused: [string, Properties, (run: Run, id: string) => Promise<unknown>, string][] = [
	["a deletion", turn(1), async (run) => run.delete(), "deleted"],
	["a deactivating deletion", { ...own, deletion: "deactivate" }, async (run) => run.delete(), "set to inactive"],
	["a replacement, in its preview", turn(1), async (run) => run.preview({ ...own, ...forUsers }), "deleted"],
	["another grant type", own, async (run) => run.update({ ...own, ...inPlace }), "given another grant type"],
	[
		"another grant type, in its preview",
		own,
		async (run) => run.preview({ ...own, ...inPlace }),
		"given another grant type",
	],
	["a rotation", turn(1), async (run) => run.update(turn(2)), "given a new secret"],
	["a rotation, in its preview", turn(1), async (run) => run.preview(turn(2)), "given a new secret"],
	["a deactivation", own, async (run) => run.update({ ...own, state: "inactive" }), "set to inactive"],
	["a deactivation, in its preview", own, async (run) => run.preview({ ...own, state: "inactive" }), "set to inactive"],
	[
		"an adoption with a new secret",
		own,
		async (run, id) => run.create(adopting(id, { adopt: { clientId: id, rotateSecret: true }, description: "New" })),
		"given a new secret",
	],
	[
		"an adoption with a new secret, in its preview",
		own,
		async (run, id) => run.previewCreate(adopting(id, { adopt: { clientId: id, rotateSecret: true } })),
		"given a new secret",
	],
	[
		"an adoption of what the program declares inactive",
		own,
		async (run, id) => run.create(adopting(id, { state: "inactive" })),
		"set to inactive",
	],
	[
		"an adoption with another grant type",
		own,
		async (run, id) => run.create(adopting(id, inPlace)),
		"given another grant type",
	],
	[
		"an adoption with another grant type, in its preview",
		own,
		async (run, id) => run.previewCreate(adopting(id, inPlace)),
		"given another grant type",
	],
];

describe("of the client that Pulumi logs in with", () => {
	test.each(refused)("%s is refused before any change", async (_, program, work, end) => {
		const { id, startRun, sent, isUntouched } = await withOwnLogin(program);
		const { message } = await failureOf(work(startRun(), id));
		expect(message).toContain(`Pulumi logs in with this client (${id}), so it isn't ${end}.`);
		expect(message).toContain(`run once with GENESYSCLOUD_CHANGE_OWN_LOGIN=${id}`);
		expect(message).not.toContain("\n");
		expect(sent().filter((call) => !call.startsWith("GET"))).toEqual([]);
		expect(isUntouched()).toBe(true);
	});

	test.each(refused)("%s is refused also with an access token", async (_, program, work, end) => {
		const { id, token, startRun, sent, isUntouched } = await withOwnLogin(program);
		expect((await failureOf(work(startRun(token), id))).message).toContain(`so it isn't ${end}.`);
		expect(sent().filter((call) => call.includes("/tokens/me"))).toHaveLength(1);
		expect(isUntouched()).toBe(true);
	});

	test.each(refused)("%s is done, and said, where the user allows it for the run", async (_, program, work, end) => {
		const { id, allowed, startRun } = await withOwnLogin(program);
		const run = startRun(allowed);
		await work(run, id);
		expect(run.notices.join("\n")).toContain(
			`(${id}), which Pulumi logs in with, is ${end}, as set by the environment variable GENESYSCLOUD_CHANGE_OWN_LOGIN`,
		);
	});

	test("the user's word for another client allows nothing", async () => {
		const { startRun, isUntouched } = await withOwnLogin();
		const run = startRun({ GENESYSCLOUD_CHANGE_OWN_LOGIN: absentId });
		expect((await failureOf(run.delete())).message).toContain("so it isn't deleted.");
		expect(isUntouched()).toBe(true);
	});

	test("a take-over, which rotates, is refused too", async () => {
		const { id, startRun, sent, isUntouched } = await withOwnLogin(own);
		const run = startRun({ GENESYSCLOUD_TAKE_OVER: id });
		expect((await failureOf(run.create(own))).message).toContain("so it isn't given a new secret.");
		expect(sent().filter((call) => !call.startsWith("GET"))).toEqual([]);
		expect(isUntouched()).toBe(true);
	});

	test("a deletion is refused also where the user writes the id in capital letters", async () => {
		const { id, startRun, sent } = await withOwnLogin();
		const run = startRun({ GENESYSCLOUD_OAUTHCLIENT_ID: id.toUpperCase() });
		expect((await failureOf(run.delete())).message).toContain("so it isn't deleted.");
		expect(sent()).toEqual([]);
	});

	test("a deletion is done also where the user allows it in capital letters, between spaces", async () => {
		const { id, startRun, simulator } = await withOwnLogin();
		await startRun({ GENESYSCLOUD_CHANGE_OWN_LOGIN: ` , ${id.toUpperCase()} ` }).delete();
		expect(simulator.organization.client(id)).toBeUndefined();
	});

	test("a new secret is refused where login rejects the one that an earlier run couldn't try", async () => {
		const { simulator, id, outs, token, startRun, sent } = await withOwnLogin(own);
		simulator.organization.regenerateSecret(id);
		const { oauthClient } = startRun(token);
		const olds = { ...outs, pendingSecretSteps: ["verify"] };
		const { message } = await failureOf(oauthClient.update(ownerOf("app"), { id, olds }, own));
		expect(message).toContain("so it isn't given a new secret.");
		expect(sent().filter((call) => call.startsWith("POST"))).toEqual([]);
	});

	test("an update that leaves the grant type is done where an earlier one had no answer", async () => {
		const { id, outs, startRun, isUntouched } = await withOwnLogin(own);
		const { oauthClient } = startRun();
		const olds = { ...outs, unconfirmedSettings: ["authorizedGrantType"] };
		const program = { ...own, replaceOnGrantTypeChange: false };
		expect((await oauthClient.update(ownerOf("app"), { id, olds }, program)).outs).toMatchObject({ clientId: id });
		expect(isUntouched()).toBe(true);
	});

	test("everything else is done without another login: a new description, an adoption that keeps the secret", async () => {
		const { id, startRun, sent, isUntouched } = await withOwnLogin();
		await startRun().update({ ...turn(1), description: "New" });
		expect((await startRun().create({ ...turn(1), description: "New", adopt: { clientId: id } })).id).toBe(id);
		expect(sent().filter((call) => !call.includes("/divisions/home"))).toEqual([
			"GET /clients/{clientId} 200",
			"PUT /clients/{clientId} 200",
			"GET /clients/{clientId} 200",
		]);
		expect(isUntouched()).toBe(true);
	});

	test("an adoption that brings its secret along is done", async () => {
		const { id, secret, startRun, isUntouched } = await withOwnLogin(own);
		const { outs } = await startRun().create(adopting(id, { adopt: { clientId: id, clientSecret: secret } }));
		expect(outs).toMatchObject({ clientSecret: secret });
		expect(isUntouched()).toBe(true);
	});

	test("the entry in state goes without a call when another resource of the run has adopted it", async () => {
		const { id, startRun, sent, isUntouched } = await withOwnLogin();
		const run = startRun();
		await run.create(adopting(id));
		const before = sent().length;
		await run.delete(ownerOf("renamed"));
		expect(sent().slice(before)).toEqual([]);
		expect(isUntouched()).toBe(true);
	});
});

/** The usual connection of the run isn't this client's, whose login the variables of another one have. */
const withOtherConnection = async () => {
	const given = await withOwnLogin();
	const { simulator, id, secret } = given;
	const usual = environmentFor(simulator);
	const other = { ...stagingEnvironment({ simulator }), STAGING_ID: id.toUpperCase(), STAGING_SECRET: secret };
	const token = simulator.organization.issueToken(id);
	return { ...given, other: { ...usual, ...other, STAGING_TOKEN: token } };
};

describe("of a client that Pulumi logs in with by another connection", () => {
	const declared = { ...own, name: "Other", connection };
	const { oauthClientId: _id, oauthClientSecret: _secret, ...address } = connection;

	test("a deletion is refused, without a call, after the program has declared that connection", async () => {
		const { startRun, other, sent, isUntouched } = await withOtherConnection();
		const run = startRun(other);
		await run.oauthClient.check(ownerOf("other"), {}, declared);
		expect((await failureOf(run.delete())).message).toContain("so it isn't deleted.");
		expect(sent()).toEqual([]);
		expect(isUntouched()).toBe(true);
	});

	test("a deletion is refused, after something was done with an access token of that connection", async () => {
		const { startRun, other, isUntouched } = await withOtherConnection();
		const run = startRun(other);
		await run.oauthClient.create(ownerOf("other"), {
			...declared,
			connection: { ...address, accessToken: "STAGING_TOKEN" },
		});
		expect((await failureOf(run.delete())).message).toContain("so it isn't deleted.");
		expect(isUntouched()).toBe(true);
	});

	test("a deletion by another one is refused where the usual connection has that login", async () => {
		const { simulator, startRun, outs, id, sent, isUntouched } = await withOtherConnection();
		const run = startRun(stagingEnvironment({ simulator }));
		const deletion = run.oauthClient.delete(ownerOf("app"), id, { ...outs, connection });
		expect((await failureOf(deletion)).message).toContain("so it isn't deleted.");
		expect(sent()).toEqual([]);
		expect(isUntouched()).toBe(true);
	});

	test("a deletion is refused where the stack's configuration has that login, and the environment another", async () => {
		const { simulator, startRun, id, sent } = await withOtherConnection();
		const run = startRun(environmentFor(simulator));
		run.session.configure((key) => (key === "genesyscloud:oauthClientId" ? id : undefined));
		expect((await failureOf(run.delete())).message).toContain("so it isn't deleted.");
		expect(sent()).toEqual([]);
	});

	test("a deletion is done where the connection that is declared lacks a setting", async () => {
		const { simulator, startRun, other, id } = await withOtherConnection();
		const run = startRun({ ...other, STAGING_HOST: "" });
		await run.oauthClient.check(ownerOf("other"), {}, declared);
		await run.delete();
		expect(simulator.organization.client(id)).toBeUndefined();
	});
});

test("after its rotation the run goes on with the new secret, also when the API ends the tokens of the old one", async () => {
	const { id, allowed, startRun, simulator, create } = await withOwnLogin();
	const other = await create({ ...own, name: "Other" });
	const run = startRun(allowed);
	const { clientSecret } = await run.update(turn(2));
	expect(simulator.organization.checkSecret(id, String(clientSecret))).toBe(true);
	simulator.organization.revokeTokens(id);
	await run.oauthClient.delete(ownerOf("other"), other.id, other.outs);
	expect(simulator.organization.client(other.id)).toBeUndefined();
});

test("the rotation of another client leaves the secret of Pulumi's login as it is", async () => {
	const { startRun, simulator, create, id } = await withOwnLogin();
	const other = await create({ ...turn(1), name: "Other" });
	const run = startRun();
	const owner = ownerOf("other");
	await run.oauthClient.update(owner, { id: other.id, olds: other.outs }, { ...turn(2), name: "Other" });
	simulator.organization.revokeTokens(id);
	await run.oauthClient.delete(owner, other.id, other.outs);
	expect(simulator.organization.client(other.id)).toBeUndefined();
});

test("the secret in state of the client that Pulumi logs in with isn't rotated when its trial finds it reset", async () => {
	const { id, startRun, simulator } = await withOwnLogin();
	const secret = simulator.organization.regenerateSecret(id);
	const run = startRun({ GENESYSCLOUD_OAUTHCLIENT_SECRET: secret });
	const { message } = await failureOf(run.update(turn(1), { pendingSecretSteps: ["verify"] }));
	expect(message).toContain("so it isn't given a new secret.");
	expect(simulator.organization.checkSecret(id, secret)).toBe(true);
});

test("a login's id is known as the API writes it", async () => {
	const { api, simulator } = await startSimulatedApi();
	const { clientId, clientSecret } = simulator.administrator;
	expect(await loginOf({ clientId: clientId.toUpperCase(), clientSecret, source: "" }, api)).toBe(clientId);
});

test("a preview without credentials shows the change: pulumi up will refuse it", async () => {
	const { id, startRun } = await withOwnLogin();
	const run = startRun({ GENESYSCLOUD_OAUTHCLIENT_ID: "", GENESYSCLOUD_OAUTHCLIENT_SECRET: "" });
	expect(await run.preview(turn(2))).toMatchObject({ changes: true });
	expect(id).not.toBe("");
});
