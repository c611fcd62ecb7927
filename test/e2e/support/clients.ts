import { type ClientSeed, DIVISION_IDS, ROLE_IDS } from "../../../simulator";
import type { Declared, TestStack } from "./test-stack";

/** A web application. */
export const webApp = (change: Record<string, unknown> = {}): Declared => ({
	args: {
		name: "Web app",
		authorizedGrantType: "CODE",
		scope: ["users:readonly", "routing:readonly"],
		registeredRedirectUri: ["https://app.example.com/callback"],
		...change,
	},
});

/** A service, its division given. */
export const service = (change: Record<string, unknown> = {}): Declared => ({
	args: {
		name: "Service",
		authorizedGrantType: "CLIENT-CREDENTIALS",
		roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }],
		...change,
	},
});

/** Makes a service as somebody makes one by hand, and returns it with its secret. */
export function addByHand(stack: TestStack, change: Record<string, unknown> = {}) {
	return stack.simulator.organization.addClient({ ...service(change).args } as unknown as ClientSeed);
}
