import { expect, test } from "vitest";
import { clientTable, defaults, settingNames, type SettingName } from "../../provider/lifecycle/oauth-client/arguments";
import type { OAuthClientInputs } from "../../provider/lifecycle/oauth-client/inputs";
import type { Properties } from "../../provider/lifecycle/properties";
import { DIVISION_IDS, ROLE_IDS } from "../../simulator";
import { startLifecycle } from "./support/lifecycle-run";

/** A value of each setting that isn't its default. */
const values: Required<Pick<OAuthClientInputs, SettingName>> = {
	name: "Every setting",
	authorizedGrantType: "CODE",
	description: "text",
	accessTokenValiditySeconds: 600,
	registeredRedirectUri: ["https://app.example.com/cb"],
	scope: ["users:readonly"],
	roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.support }],
	roleIds: [ROLE_IDS.employee],
	state: "inactive",
};

const programs: [string, string, SettingName[]][] = [
	["CODE", "scopes", ["roleDivisions", "roleIds"]],
	["CLIENT-CREDENTIALS", "roles in divisions", ["scope", "roleIds"]],
	["CLIENT-CREDENTIALS", "role ids", ["scope", "roleDivisions"]],
];

test.each(programs)(
	"every setting of a %s client with %s reaches the API and comes back",
	async (grant, _, omitted) => {
		const run = await startLifecycle();
		const names = settingNames.filter((name) => !omitted.includes(name));
		const valuesOf = (given: SettingName[]): Properties => ({
			...Object.fromEntries(given.map((name) => [name, values[name]])),
			authorizedGrantType: grant,
		});
		const needed = names.filter((name) => {
			const { required, requiredBy, olderFormOf } = clientTable[name];
			return required ?? requiredBy?.(grant) ?? olderFormOf;
		});
		const program = valuesOf(names);
		const created = await run.create(program);
		const before = await run.create(valuesOf(needed));
		const updated = { id: before.id, outs: await run.update(before.id, before.outs, program) };
		for (const { id, outs } of [created, updated]) {
			expect(run.simulator.organization.client(id)).toMatchObject(program);
			expect(outs).toMatchObject(program);
			expect(run.diff(outs, program)).toMatchObject({ changes: false });
		}
	},
);

test("the value of each setting differs from its default", () => {
	expect(settingNames.filter((name) => values[name] === undefined || values[name] === defaults[name])).toEqual([]);
});
