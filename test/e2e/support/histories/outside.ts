import { type ClientChange, DIVISION_IDS, ROLE_IDS } from "../../../../simulator";
import type { TestStack } from "../test-stack";
import type { Step } from "./commands";
import type { Ledger } from "./ledger";

/** Somebody of the organization. */
const somebody = { id: "00000000-0000-4000-8000-0000000000aa", name: "Somebody" };
const longAgo = "2020-01-01T00:00:00.000Z";

/** Makes a client as somebody makes one by hand, and returns its id. */
export function makeByHand(stack: TestStack, ledger: Ledger, settings: Record<string, unknown>): string {
	const { authorizedGrantType, name } = settings;
	const isService = authorizedGrantType === "CLIENT-CREDENTIALS";
	const { client, secret } = stack.simulator.organization.addClient({
		name: String(name),
		...(isService
			? { roleDivisions: [{ roleId: ROLE_IDS.communicateUser, divisionId: DIVISION_IDS.support }] }
			: {
					authorizedGrantType: "CODE",
					scope: ["routing"],
					registeredRedirectUri: ["https://by-hand.example.com/callback"],
				}),
		createdBy: somebody,
		dateCreated: longAgo,
		dateModified: longAgo,
	});
	if (secret !== undefined) stack.leaks.noteText(secret);
	ledger.others.add(client.id);
	return client.id;
}

const changes: Partial<Record<Extract<Step, { do: "somebody" }>["deed"], ClientChange>> = {
	describes: { description: "Described by somebody" },
	names: { name: "Named by somebody" },
	"grants a role to": {
		roleDivisions: [ROLE_IDS.employee, ROLE_IDS.scimIntegration].map((roleId) => ({ roleId, divisionId: "*" })),
	},
	deactivates: { state: "inactive" },
	activates: { state: "active" },
	"adds an unknown field to": { extra: { fieldOfALaterVersion: "set by somebody" } },
};

/** Lets somebody do something to a client, in Genesys Cloud; false if there is nothing to do. */
export function letSomebody(
	stack: TestStack,
	ledger: Ledger,
	deed: Extract<Step, { do: "somebody" }>["deed"],
	id: string | undefined,
): boolean {
	const { organization } = stack.simulator;
	const before = id === undefined ? undefined : organization.client(id);
	if (before === undefined || id === undefined) return false;
	if (deed === "deletes") {
		organization.removeClient(id);
		ledger.gone.add(id);
		return true;
	}
	if (deed === "resets the secret of") {
		stack.leaks.noteText(organization.regenerateSecret(id));
		ledger.reset.add(id);
		organization.changeClient(id, { modifiedBy: somebody });
		return true;
	}
	if (deed === "removes from the organization a role of") {
		const [{ roleId } = { roleId: "" }] = before.roleDivisions;
		// The others need one that they can be given.
		if (roleId === "" || roleId === ROLE_IDS.employee) return false;
		for (const client of organization.clients()) {
			const roleDivisions = client.roleDivisions.filter((role) => role.roleId !== roleId);
			if (roleDivisions.length === client.roleDivisions.length) continue;
			const left = roleDivisions.length > 0 ? roleDivisions : [{ roleId: ROLE_IDS.employee, divisionId: "*" }];
			ledger.noteDrift(client, organization.changeClient(client.id, { roleDivisions: left }));
		}
		if (organization.roles().some((role) => role.id === roleId)) organization.removeRole(roleId);
		return true;
	}
	if (deed === "grants a role to" && before.authorizedGrantType !== "CLIENT-CREDENTIALS") return false;
	ledger.noteDrift(before, organization.changeClient(id, { ...changes[deed], modifiedBy: somebody }));
	return true;
}
