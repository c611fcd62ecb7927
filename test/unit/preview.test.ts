import { expect, test } from "vitest";
import { preview } from "../../provider/lifecycle/oauth-client/preview";
import { type Properties, unknownValue } from "../../provider/lifecycle/properties";
import { occasionAt } from "../occasion";

const program: Properties = {
	name: "CRM sync",
	authorizedGrantType: "CLIENT-CREDENTIALS",
	roleDivisions: [{ roleId: "r1", divisionId: "d1" }],
};
const olds: Properties = {
	...program,
	clientId: "id",
	clientSecret: "s",
	secretVersion: 1,
	secretFingerprint: "f",
	state: "active",
	description: "",
	declared: ["roleDivisions"],
};
const now = Date.UTC(2026, 0, 16);

test.each<[string, Properties, Properties, string]>([
	["stays", {}, {}, "s"],
	["stays when another setting changes", {}, { description: "New" }, "s"],
	[
		"isn't known while it is to be tried, since it may be rotated",
		{ pendingSecretSteps: ["verify"] },
		{},
		unknownValue,
	],
	["stays while nobody can try it", { pendingSecretSteps: ["verify"], state: "inactive" }, { state: "inactive" }, "s"],
	["isn't known when it is rotated", { pendingSecretSteps: ["renew"] }, {}, unknownValue],
	["stays when it is only to be stored", { pendingSecretSteps: ["store"] }, {}, "s"],
])("in a preview the secret %s", (_, state, change, clientSecret) => {
	const { secretFingerprint, ...outputs } = preview({ ...program, ...change }, occasionAt(now), { ...olds, ...state });
	expect(outputs["clientSecret"]).toBe(clientSecret);
	expect(secretFingerprint === unknownValue).toBe(clientSecret === unknownValue);
});
