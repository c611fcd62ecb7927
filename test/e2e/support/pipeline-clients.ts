import { DIVISION_IDS, ROLE_IDS } from "../../../simulator";

const roleDivisions = [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }];
/** A service of the pipeline's file. */
export const service = { name: "CRM sync", authorizedGrantType: "CLIENT-CREDENTIALS", roleDivisions };
/** A web app of the pipeline's file. */
export const webApp = {
	name: "Agent dashboard",
	authorizedGrantType: "CODE",
	scope: ["routing:readonly", "users:readonly"],
	registeredRedirectUri: ["https://dashboard.example.com/callback"],
};

/** A pair of the pipeline's file. */
export const pair = { ...service, name: "Billing", rotation: { periodDays: 30 } };

/** Without policies, where a test isn't about them: a pack takes seconds to start. */
export const bare = "--no-policy-pack";

/** What the pipeline writes into its file of results. */
export interface Results {
	outcome: string;
	clients: {
		kind: string;
		resource: string;
		action: string;
		changes: object[];
		id?: string;
		newSecret?: string;
		secretVersion?: number;
		secretFingerprint?: string;
	}[];
	policy: { level: string; policy: string; resource?: string }[];
	errors: string[];
}
