import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { ExportJson } from "../../cli/export/run";
import schema from "../../plugin/schema.json";
import { ROLE_IDS } from "../../simulator";
import { runInProcess } from "./support/in-process";
import { runCommand, startOrganization, temporaryDirectory, variablesFor, writesOf } from "./support/command";
import { addTerraformOrganization } from "./support/terraform-organization";
import { shownStateOf, stateFileOf } from "./support/terraform-state";

/** An organization that Terraform made, and what runs `export` with its state. */
async function terraformOrganization() {
	const simulator = await startOrganization();
	const made = addTerraformOrganization(simulator);
	const variables = variablesFor(simulator);
	const exportState = async (args: string[], state = stateFileOf(made.entries)) => {
		const file = join(temporaryDirectory(), "terraform.tfstate");
		writeFileSync(file, state);
		return runInProcess(["export", "--terraform-state", file, ...args], { variables });
	};
	return { simulator, ...made, exportState };
}

describe("an export of Terraform's state", () => {
	test("has its clients, credentials and lookups by Terraform's names, and takes secrets from the configuration", async () => {
		const { exportState, ids, credentials, simulator } = await terraformOrganization();
		simulator.organization.addClient({ name: "Not Terraform's", authorizedGrantType: "CODE", scope: ["users"] });
		const { code, stdout } = await exportState(["--stdout"]);
		expect(code).toBe(0);
		const text = stdout.slice(stdout.indexOf("const config"));
		expect(text).toBe(`const config = new Config();
const supportDivision = getAuthorizationDivisionOutput({ name: "Support" });
const employeeRole = getAuthorizationRoleOutput({ name: "employee" });

const crmSync = new OAuthClient(
	"crm-sync",
	{
		adopt: {
			clientId: "${ids.crm}",
			clientSecret: config.requireSecret("crmSyncClientSecret"),
		},
		name: "CRM sync \${x}",
		authorizedGrantType: "CLIENT-CREDENTIALS",
		roleDivisions: [
			{ roleId: "${ROLE_IDS.masterAdmin}", divisionId: supportDivision.id }, // "Master Admin"
			{ roleId: employeeRole.id },
		],
	},
	adopted,
);

const wiki = new OAuthClient(
	"wiki",
	{
		adopt: { clientId: "${ids.wiki}", rotateSecret: false },
		name: "Wiki",
		authorizedGrantType: "CODE",
		scope: ["users"],
		registeredRedirectUri: ["https://wiki.example.com/callback"],
		accessTokenValiditySeconds: 3600,
	},
	adopted,
);

const moduleNightJobsEu = new OAuthClient(
	"module-night-jobs-eu",
	{
		adopt: { clientId: "${ids.jobs}", rotateSecret: false },
		name: "Jobs",
		authorizedGrantType: "CLIENT-CREDENTIALS",
		roleDivisions: [{ roleId: employeeRole.id }],
	},
	adopted,
);

const ticketsCredential = new IntegrationCredential(
	"tickets-credential",
	{
		adopt: { credentialId: "${credentials.tickets}", sendFields: false },
		name: "Tickets",
		type: "basicAuth",
		fields: {
			userName: config.requireSecret("ticketsCredentialUserName"),
			password: config.requireSecret("ticketsCredentialPassword"),
		},
	},
	adopted,
);

const crmCredential = new IntegrationCredential(
	"crm-credential",
	{
		adopt: { credentialId: "${credentials.crm}", sendFields: false },
		name: "CRM",
		fields: { clientId: crmSync.clientId, clientSecret: crmSync.clientSecret },
	},
	adopted,
);

const moduleNightJobsEuCredential = new IntegrationCredential(
	"module-night-jobs-eu-credential",
	{
		adopt: { credentialId: "${credentials.jobs}", sendFields: false },
		name: "Jobs",
		fields: {
			clientId: "${ids.jobs}",
			clientSecret: config.requireSecret("moduleNightJobsEuCredentialClientSecret"),
		},
	},
	adopted,
);
`);
		expect(writesOf(simulator)).toEqual([]);
	});

	test("is the same from the state file and from terraform show -json, in a file or on standard input", async () => {
		const { exportState, entries, simulator } = await terraformOrganization();
		const programs = [
			await exportState(["--stdout"]),
			await exportState(["--stdout"], shownStateOf(entries)),
			// PowerShell's pipe.
			await exportState(["--stdout"], `\uFEFF${shownStateOf(entries)}`),
		].map(({ stdout }) => stdout);
		const piped = await runCommand(["export", "--terraform-state", "-", "--stdout"], {
			variables: variablesFor(simulator),
			input: stateFileOf(entries),
		});
		programs.push(piped.stdout);
		expect(programs[0]).toContain("new IntegrationCredential(");
		expect(new Set(programs).size).toBe(1);
	});

	test.each(["typescript", "yaml", "python", "go"])(
		"shows no secret in %s, in no file and in no output",
		async (language) => {
			const { exportState, secret, password } = await terraformOrganization();
			const directory = join(temporaryDirectory(), "out");
			const { code, stdout, stderr } = await exportState(["--language", language, "--output", directory, "--json"]);
			expect(code).toBe(0);
			const { files, secrets } = JSON.parse(stdout) as ExportJson;
			const written = files.map((file) => readFileSync(join(directory, file), "utf8")).join("\n");
			for (const hidden of [secret, password]) expect([written, stdout, stderr].join("\n")).not.toContain(hidden);
			expect(secrets.map(({ key }) => key)).toEqual([
				"crmSyncClientSecret",
				"ticketsCredentialUserName",
				"ticketsCredentialPassword",
				"moduleNightJobsEuCredentialClientSecret",
			]);
			for (const { key } of secrets) expect(written).toContain(key);
		},
	);

	test("leaves out what is gone, and says so", async () => {
		const { exportState, simulator, ids, credentials } = await terraformOrganization();
		simulator.organization.removeClient(ids.wiki);
		simulator.organization.removeCredential(credentials.tickets);
		const { stdout } = await exportState(["--json", "--output", join(temporaryDirectory(), "out")]);
		const { clients, leftOut } = JSON.parse(stdout) as ExportJson;
		expect(clients.map(({ clientId }) => clientId)).toEqual([ids.crm, ids.jobs]);
		expect(leftOut).toEqual([
			{ clientId: ids.wiki, name: "wiki", code: "gone", reason: expect.stringContaining("the organization hasn't") },
			expect.objectContaining({ credentialId: credentials.tickets, code: "gone" }),
		]);
		// What the login may not see isn't gone.
		simulator.organization.dropPermissions(simulator.administrator.clientId, "integrations:integration:view");
		const blind = await exportState(["--json", "--output", join(temporaryDirectory(), "out")]);
		expect((JSON.parse(blind.stdout) as ExportJson).leftOut.map(({ clientId }) => clientId)).toEqual([ids.wiki]);
	});

	test("without the client that a credential contains takes both of its secrets from the configuration", async () => {
		const { exportState, ids, credentials } = await terraformOrganization();
		const { stdout } = await exportState(["--stdout", "--id", credentials.crm]);
		expect(stdout).toContain(`		fields: {
			clientId: "${ids.crm}",
			clientSecret: config.requireSecret("crmCredentialClientSecret"),
		},
`);
	});

	test("that is none is wrong usage, and nothing of it is shown", async () => {
		const { exportState } = await terraformOrganization();
		const hidden = "hidden-value-of-the-tests";
		for (const state of [`{"version": 4, "${hidden}`, JSON.stringify({ version: 3, secret: hidden }), "", "[]"]) {
			const { code, stdout, stderr } = await exportState(["--stdout"], state);
			expect(code).toBe(2);
			expect(stderr).toMatch(/^genesyscloud-oauth: \S+ isn't (JSON|Terraform's state): give the output of .*\n$/);
			expect(stdout + stderr).not.toContain(hidden);
		}
	});
});

describe("an export for the plugin", () => {
	test("in YAML is a program whose values are as the organization has them", async () => {
		const { exportState, ids, credentials } = await terraformOrganization();
		const { stdout } = await exportState(["--language", "yaml", "--stdout", "--project", "infra"]);
		const options = { protect: true, retainOnDelete: true };
		expect(parse(stdout)).toMatchObject({
			name: "infra",
			runtime: "yaml",
			config: { crmSyncClientSecret: { type: "string", secret: true } },
			variables: {
				employeeRole: {
					"fn::invoke": { function: "genesyscloud-oauth:getAuthorizationRole", arguments: { name: "employee" } },
				},
			},
			resources: {
				crmSync: {
					type: "genesyscloud-oauth:OAuthClient",
					name: "crm-sync",
					properties: {
						adopt: { clientId: ids.crm, clientSecret: "${crmSyncClientSecret}" },
						// Pulumi makes one dollar sign of two.
						name: "CRM sync $${x}",
						roleDivisions: [
							{ roleId: ROLE_IDS.masterAdmin, divisionId: "${supportDivision.id}" },
							{ roleId: "${employeeRole.id}" },
						],
					},
					options,
				},
				crmCredential: {
					type: "genesyscloud-oauth:IntegrationCredential",
					properties: {
						adopt: { credentialId: credentials.crm, sendFields: false },
						fields: { clientId: "${crmSync.clientId}", clientSecret: "${crmSync.clientSecret}" },
					},
					options,
				},
			},
		});
	});

	test("with an import file adopts only what brings something along", async () => {
		const { exportState, ids, credentials } = await terraformOrganization();
		const directory = join(temporaryDirectory(), "out");
		const args = ["--language", "yaml", "--import-file", "import.json", "--output", directory];
		expect((await exportState(args)).code).toBe(0);
		const { resources } = JSON.parse(readFileSync(join(directory, "import.json"), "utf8")) as { resources: unknown[] };
		expect(resources.slice(2, 4)).toEqual([
			{ type: "genesyscloud-oauth:index:OAuthClient", name: "module-night-jobs-eu", id: ids.jobs },
			{ type: "genesyscloud-oauth:index:IntegrationCredential", name: "tickets-credential", id: credentials.tickets },
		]);
		const { resources: declared } = parse(readFileSync(join(directory, "Pulumi.yaml"), "utf8")) as {
			resources: Record<string, { properties: object }>;
		};
		const adopting = Object.keys(declared).filter((name) => "adopt" in declared[name]!.properties);
		expect(adopting).toEqual(["crmSync", "ticketsCredential", "crmCredential", "moduleNightJobsEuCredential"]);
		expect(readFileSync(join(directory, "README.md"), "utf8")).toContain(
			"pulumi import --file import.json --generate-code=false",
		);
	});

	test("in TypeScript has no import file, since Pulumi imports nothing into a dynamic provider", async () => {
		const { exportState } = await terraformOrganization();
		const { code, stderr } = await exportState(["--import-file", "import.json"]);
		expect(code).toBe(2);
		expect(stderr).toContain("give another --language");
	});

	test("in Go uses the package and the types that Pulumi generates from the plugin's schema", async () => {
		const { exportState } = await terraformOrganization();
		const { stdout } = await exportState(["--language", "go", "--stdout"]);
		expect(stdout).toContain(`\t"${schema.language.go.importBasePath}"\n`);
		const generated = new Set(
			[...Object.keys(schema.resources), ...Object.keys(schema.types)].map((token) => token.split(":").at(-1)),
		);
		const used = [...stdout.matchAll(/genesyscloudoauth\.(?:New)?(\w+?)(?:Args|Array)?[({]/g)]
			.map(([, name]) => name)
			.filter((name) => !name!.startsWith("GetAuthorization"));
		expect(new Set(used)).toEqual(
			new Set(["OAuthClient", "Adopt", "GrantType", "RoleDivision", "IntegrationCredential", "AdoptCredential"]),
		);
		expect(used.filter((name) => !generated.has(name))).toEqual([]);
	});

	test("in Python and Go refers to secrets, lookups and other resources", async () => {
		const { exportState } = await terraformOrganization();
		const { stdout: python } = await exportState(["--language", "python", "--stdout"]);
		expect(python).toContain('    authorized_grant_type=genesyscloud.GrantType("CLIENT-CREDENTIALS"),\n');
		expect(python).toContain('employee_role = genesyscloud.get_authorization_role_output(name="employee")\n');
		expect(python).toContain('"client_secret": config.require_secret("crmSyncClientSecret")');
		expect(python).toContain('        {"role_id": employee_role.id},\n');
		expect(python).toContain('fields={"clientId": crm_sync.client_id, "clientSecret": crm_sync.client_secret},\n');
		const { stdout: go } = await exportState(["--language", "go", "--stdout"]);
		expect(go).toContain(
			'crmSync, err := genesyscloudoauth.NewOAuthClient(ctx, "crm-sync", &genesyscloudoauth.OAuthClientArgs{',
		);
		expect(go).toContain('ClientSecret: cfg.RequireSecret("crmSyncClientSecret"),');
		expect(go).toContain("RoleId: employeeRole.Id(),");
		expect(go).toContain('"clientSecret": crmSync.ClientSecret,');
		// Go refuses a variable that isn't used.
		expect(go).toContain('if _, err := genesyscloudoauth.NewOAuthClient(ctx, "wiki"');
	});
});
