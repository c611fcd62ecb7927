import { DIVISION_IDS, ROLE_IDS, type Simulator } from "../../../simulator";
import type { TerraformEntry } from "./terraform-state";

/** What Terraform made in an organization, and its state of that. */
export interface TerraformOrganization {
	/** The clients' ids: one whose secret is exposed, one that isn't, one in a module. */
	ids: { crm: string; wiki: string; jobs: string };
	/** The secret of the first, which Terraform's state has. */
	secret: string;
	/** The ids of the credentials: of another type, of the first client, and that of `integration_credential_name`. */
	credentials: { tickets: string; crm: string; jobs: string };
	/** The password in the first credential. */
	password: string;
	/** Terraform's state. */
	entries: TerraformEntry[];
}

const client = (name: string, attributes: Record<string, unknown>, more: Partial<TerraformEntry> = {}) => ({
	type: "genesyscloud_oauth_client",
	name,
	attributes: { client_secret: "", expose_client_secret: false, integration_credential_id: null, ...attributes },
	...more,
});
const looked = (type: string, name: string, attributes: Record<string, unknown>): TerraformEntry => ({
	type,
	name,
	attributes,
	isData: true,
});

/** Three clients, one with its secret exposed, and one that it replaced; three credentials; a role and a division that are looked up; and what isn't ours. */
export function addTerraformOrganization({ organization }: Simulator): TerraformOrganization {
	const roleDivisions = [
		{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home },
		{ roleId: ROLE_IDS.masterAdmin, divisionId: DIVISION_IDS.support },
	];
	const crm = organization.addClient({ name: "CRM sync ${x}", roleDivisions });
	const wiki = organization.addClient({
		name: "Wiki",
		authorizedGrantType: "CODE",
		scope: ["users"],
		registeredRedirectUri: ["https://wiki.example.com/callback"],
		accessTokenValiditySeconds: 3600,
	});
	const jobs = organization.addClient({ name: "Jobs", roleDivisions: roleDivisions.slice(0, 1) });
	const [secret, password] = [crm.secret!, "a-password-of-the-tests"];
	const tickets = organization.addCredential({
		name: "Tickets",
		type: "basicAuth",
		fields: { userName: "genesys", password },
	});
	const ofCrm = organization.addCredential({ name: "CRM", fields: { clientId: crm.client.id, clientSecret: secret } });
	const ofJobs = organization.addCredential({
		name: "Jobs",
		fields: { clientId: jobs.client.id, clientSecret: jobs.secret! },
	});
	const credential = "genesyscloud_integration_credential";
	return {
		ids: { crm: crm.client.id, wiki: wiki.client.id, jobs: jobs.client.id },
		secret,
		credentials: { tickets: tickets.id, crm: ofCrm.id, jobs: ofJobs.id },
		password,
		entries: [
			looked("genesyscloud_auth_role", "employee", { id: ROLE_IDS.employee, name: "employee" }),
			looked("genesyscloud_auth_division", "support", { id: DIVISION_IDS.support, name: "Support" }),
			client("crm_sync", { id: crm.client.id, client_secret: secret, expose_client_secret: true }),
			client(
				"crm_sync",
				{ id: "0a600000-0000-4000-8000-00000000000d", client_secret: "that-of-a-deposed-client" },
				{ deposed: "5f1c0a2b" },
			),
			// Terraform looked it up, and doesn't manage it.
			{ ...client("other", { id: "0a600000-0000-4000-8000-00000000000e", name: "Other" }), isData: true },
			client("wiki", { id: wiki.client.id }),
			client(
				"jobs",
				{ id: jobs.client.id, integration_credential_id: ofJobs.id },
				{ module: "module.night", index: "eu" },
			),
			{
				type: credential,
				name: "tickets",
				attributes: {
					id: tickets.id,
					credential_type_name: "basicAuth",
					fields: { userName: "genesys", password },
				},
			},
			{
				type: credential,
				name: "crm",
				attributes: {
					id: ofCrm.id,
					credential_type_name: "pureCloudOAuthClient",
					fields: { clientId: crm.client.id, clientSecret: secret },
				},
			},
			{ type: "genesyscloud_routing_queue", name: "support", attributes: { id: "q1", name: "Support" } },
		],
	};
}
