import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { OAuthClient } from "../../provider/api/models";
import {
	type CarriedState,
	carriedStateOf,
	declaredNames,
	toInputs,
	toOutputs,
	unmanagedSettingsOf,
} from "../../provider/lifecycle/oauth-client/state";
import type { Properties } from "../../provider/lifecycle/properties";

const answered: OAuthClient = {
	id: "c1",
	name: "CRM sync",
	authorizedGrantType: "CLIENT-CREDENTIALS",
	accessTokenValiditySeconds: 86_400,
	registeredRedirectUri: [],
	roleIds: [],
	roleDivisions: [
		{ roleId: "b", divisionId: "home" },
		{ roleId: "a", divisionId: "home" },
	],
	scope: [],
	state: "active",
	dateCreated: "2026-01-15T12:00:00.000Z",
	dateModified: "2026-01-15T12:00:00.000Z",
	createdBy: { id: "u1" },
	modifiedBy: { id: "u1" },
	selfUri: "/api/v2/oauth/clients/c1",
};
const kept: CarriedState = {
	clientSecret: "kept-secret",
	secretVersion: 1,
	secretFingerprint: "",
	secretRotatedAt: "2026-01-15T12:00:00.000Z",
	pendingSecretSteps: [],
	options: {},
	declared: ["roleDivisions"],
	homeDivisionId: "home",
	unconfirmed: [],
};

/** What the wire format of Pulumi can't carry. */
function findUncarriable(value: unknown, path = "outputs"): string[] {
	if (value === null || ["string", "boolean"].includes(typeof value)) return [];
	if (typeof value === "number") return Number.isFinite(value) ? [] : [path];
	if (Array.isArray(value)) return value.flatMap((item, index) => findUncarriable(item, `${path}[${index}]`));
	if (typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype)
		return Object.entries(value).flatMap(([key, item]) => findUncarriable(item, `${path}.${key}`));
	return [path];
}

describe("toOutputs", () => {
	test("has the start of the secret's SHA-256 as its fingerprint, and none without a secret", () => {
		const start = createHash("sha256").update("kept-secret").digest("hex").slice(0, 12);
		expect(toOutputs(answered, kept)).toMatchObject({ secretFingerprint: start });
		expect(toOutputs(answered, { ...kept, clientSecret: "" })).toMatchObject({ secretFingerprint: "" });
	});

	test.each<[string, Record<string, unknown>]>([
		["a full answer", {}],
		[
			"null everywhere",
			Object.fromEntries(
				Object.keys(answered)
					.slice(3)
					.map((name) => [name, null]),
			),
		],
		[
			"undefined everywhere",
			Object.fromEntries(
				Object.keys(answered)
					.slice(3)
					.map((name) => [name, undefined]),
			),
		],
		["a Date", { dateCreated: new Date(0), dateToDelete: new Date(0), extra: new Date(0) }],
		["odd unknown fields", { extra: { a: undefined, b: [undefined], c: Number.NaN }, gone: undefined }],
	])("of %s holds nothing that Pulumi can't carry", (_, change) => {
		for (const homeDivisionId of ["home", undefined]) {
			const outputs = toOutputs({ ...answered, ...change }, { ...kept, homeDivisionId });
			expect(findUncarriable(outputs)).toEqual([]);
			expect(outputs).toMatchObject({ clientId: "c1", clientSecret: "kept-secret", declared: ["roleDivisions"] });
		}
	});

	test("sets come sorted, defaults filled in", () => {
		const { id, name, authorizedGrantType } = answered;
		expect(toOutputs(answered, kept).roleDivisions.map(({ roleId }) => roleId)).toEqual(["a", "b"]);
		expect(toOutputs({ id, name, authorizedGrantType }, kept)).toMatchObject({
			description: "",
			accessTokenValiditySeconds: 86_400,
			registeredRedirectUri: [],
			scope: [],
			roleDivisions: [],
			roleIds: [],
			state: "active",
		});
	});

	test("fields that this version doesn't know are kept apart, and go back with the next PUT", () => {
		const client = { ...answered, allowedIps: ["10.0.0.0/8"], nothing: null } as OAuthClient;
		const outputs = toOutputs(client, kept);
		expect(outputs.unmanagedSettings).toEqual({ allowedIps: ["10.0.0.0/8"] });
		expect(outputs).not.toHaveProperty("allowedIps");
		expect(unmanagedSettingsOf({ ...outputs })).toEqual({ allowedIps: ["10.0.0.0/8"] });
		// Pulumi keeps secret in a refresh what was a secret before it.
		expect(toOutputs(answered, kept).unmanagedSettings).toEqual({});
	});

	test("a secret in an answer gets nowhere but where the caller put it", () => {
		const outputs = toOutputs({ ...answered, secret: "another" }, kept);
		expect(JSON.stringify(outputs)).not.toContain("another");
		expect(JSON.stringify(outputs).match(/kept-secret/g)).toHaveLength(1);
	});
});

describe("what is kept from run to run", () => {
	test("secret, declared names and home division come from state, of any version", () => {
		expect(carriedStateOf({ ...toOutputs(answered, kept) })).toEqual(kept);
		expect(carriedStateOf({})).toMatchObject({
			clientSecret: "",
			secretVersion: 0,
			declared: [],
			homeDivisionId: undefined,
		});
		expect(carriedStateOf({ clientSecret: 5, declared: "x", homeDivisionId: null, scope: [] })).toMatchObject({
			clientSecret: "",
			declared: ["scope"],
			homeDivisionId: undefined,
		});
	});

	test.each([undefined, null, "text", 5])("unmanaged settings that are %s carry nothing", (unmanagedSettings) => {
		expect(unmanagedSettingsOf({ unmanagedSettings })).toEqual({});
	});

	test("declared are the optional settings that the program gave", () => {
		expect(declaredNames({ name: "n", authorizedGrantType: "CODE", scope: [], description: undefined, x: 1 })).toEqual([
			"scope",
		]);
	});
});

const inputsOf = (change: Properties, declared = kept.declared) =>
	toInputs({ ...toOutputs({ ...answered, ...change }, { ...kept, declared }) });

describe("toInputs", () => {
	test("gives back what the program said, with the home division left out again", () => {
		expect(inputsOf({})).toEqual({
			name: "CRM sync",
			authorizedGrantType: "CLIENT-CREDENTIALS",
			roleDivisions: [{ roleId: "a" }, { roleId: "b" }],
		});
	});

	test("says what was set without the program's doing", () => {
		expect(inputsOf({ description: "by hand", state: "inactive" })).toMatchObject({
			description: "by hand",
			state: "inactive",
		});
	});

	test("says a declared setting also when it has its default by now", () => {
		expect(inputsOf({ description: "" }, ["description", "roleDivisions"])).toHaveProperty("description", "");
	});

	test("leaves out what is none of the program's business", () => {
		const inputs = inputsOf({ roleIds: ["a", "b"], dateToDelete: "2026-02-01T00:00:00Z", allowedIps: ["x"] });
		expect(Object.keys(inputs)).toEqual(["name", "authorizedGrantType", "roleDivisions"]);
		expect(inputsOf({ roleIds: ["a"] }, ["roleIds"])).not.toHaveProperty("roleDivisions");
	});
});
