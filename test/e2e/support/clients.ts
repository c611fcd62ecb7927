import { DIVISION_IDS, ROLE_IDS } from "../../../simulator";
import type { Declared } from "./test-stack";

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
