import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bare, pair, type Results, service, webApp } from "./support/pipeline-clients";
import { eachPipeline } from "./support/pipeline-run";

const start = eachPipeline();

const day = 86_400_000;
test("a preview tells a pull request what changes, which secrets are new, what goes, and what that means", async () => {
	const { stack, checkout } = await start();
	checkout.declare(
		{
			"crm-sync": service,
			dashboard: webApp,
			export: { ...service, name: "Export", secretRotation: { maxAgeDays: 90 } },
			old: { ...service, name: "Old" },
			kept: { ...service, name: "Kept", options: { retainOnDelete: true } },
			same: { ...service, name: "Same" },
		},
		{ billing: pair },
	);
	expect((await checkout.run(["up", bare])).code).toBe(0);
	const ids = Object.fromEntries(stack.simulator.organization.clients().map(({ name, id }) => [name, id]));
	await stack.rewriteState(({ urn, outputs }) => {
		if (urn.endsWith("::export")) outputs!["secretRotatedAt"] = new Date(Date.now() - 89 * day).toISOString();
		if (urn.endsWith("::billing")) outputs!["rotatedAt"] = new Date(Date.now() - 31 * day).toISOString();
	});
	const declared = {
		"crm-sync": { ...service, description: "Copies contacts", accessTokenValiditySeconds: 3600 },
		dashboard: { ...webApp, authorizedGrantType: "SAML2-BEARER", scope: ["users:readonly", "routing"] },
		export: { ...service, name: "Export", secretRotation: { maxAgeDays: 90 } },
		same: { ...service, name: "Same" },
		evil: {
			...webApp,
			name: "a|b `c` <img src=x> @everyone #1\u202E [x](https://evil.example.com) www.evil.example.com",
			scope: ["users:readonly"],
		},
	};
	checkout.declare(declared, { billing: pair, partner: { ...pair, name: "Partner" } });
	const preview = await checkout.run(["preview", bare, "--markdown", "out/comment.md", "--outputs", "out/outputs.env"]);
	expect(preview.calls).toEqual([]);
	expect(preview.code).toBe(0);
	const [due] = /\d{4}-\d\d-\d\d/.exec(preview.lines.find((line) => line.includes("was due on")) ?? "") ?? [];
	const [since] = /due since [\d-]{10}/.exec(preview.lines.find((line) => line.includes("due since")) ?? "") ?? [];
	const [next] =
		/due on ([\d-]{10})/.exec(preview.lines.find((line) => line.includes("due since")) ?? "")?.slice(1) ?? [];
	const [role] = service.roleDivisions as [{ roleId: string; divisionId: string }];
	const [a, b] = [ids["Billing (A)"]!, ids["Billing (B)"]!];
	expect(checkout.read("out/comment.md")).toBe(
		`<!-- genesyscloud-oauth pipeline: test -->

### OAuth clients: <code>test</code>

2 to create, 1 to change, 1 to replace, 1 to delete, 1 to release, 2 secrets to rotate; 1 stays as declared.

| | client | what changes |
| - | - | - |
| new secret | <code>billing</code> <code>Billing</code> | |
| change | <code>crm-sync</code> <code>CRM sync</code> | <code>accessTokenValiditySeconds</code>: (default) → <code>3600</code><br><code>description</code>: (default) → <code>Copies contacts</code> |
| **replace** | <code>dashboard</code> <code>Agent dashboard</code> | <code>authorizedGrantType</code>: <code>CODE</code> → <code>SAML2-BEARER</code><br><code>scope</code>: removes <code>routing&#58;readonly</code>, adds <code>routing</code> |
| create | <code>evil</code> <code>a&#124;b &#96;c&#96; &#60;img src&#61;x&#62; &#64;everyone &#35;1&#65533; &#91;x&#93;(https&#58;//evil&#46;example&#46;com) www&#46;evil&#46;example&#46;com</code> | <code>authorizedGrantType</code>: <code>CODE</code><br><code>registeredRedirectUri</code>: <code>https&#58;//dashboard&#46;example&#46;com/callback</code><br><code>scope</code>: <code>users&#58;readonly</code> |
| new secret | <code>export</code> <code>Export</code> | |
| release | <code>kept</code> <code>Kept</code> | |
| **delete** | <code>old</code> <code>Old</code> | |
| create | <code>partner</code> <code>Partner</code> | <code>authorizedGrantType</code>: <code>CLIENT-CREDENTIALS</code><br><code>roleDivisions</code>: <code>divisionId ${role.divisionId}, roleId ${role.roleId}</code><br><code>rotation</code>: <code>periodDays 30</code> |

**New secrets: the client ids stay, and the old secrets stop working at once**

- <code>export</code> <code>Export</code>: it is 89 days old and was due on ${due} (maxAgeDays: 90)

**Rotations of pairs: client id and secret are new, and the previous ones stay valid**

- <code>billing</code> <code>Billing</code>: OAuth client "Billing (B)" (${b}) becomes current with a new secret (${since} (periodDays: 30)); OAuth client "Billing (A)" (${a}) stays valid until the next rotation, due on ${next}

**Clients that are replaced, deleted or released**

- <code>dashboard</code> <code>Agent dashboard</code> is replaced: it gets a new client id and a new secret. Logins with <code>${ids["Agent dashboard"]}</code> then fail: hand over the new ones.
- <code>kept</code> <code>Kept</code> leaves this stack and stays in Genesys Cloud: <code>${ids["Kept"]}</code> goes on working, unmanaged.
- <code>old</code> <code>Old</code> is deleted: logins with <code>${ids["Old"]}</code> then fail, and it can't be brought back.

Takes about 13 API calls; Genesys Cloud allows 300 a minute for one token.
`,
	);
	expect(checkout.read("out/outputs.env")).toBe(
		"outcome=changed\ncreate=2\nupdate=3\nreplace=1\ndelete=2\nnew_secrets=2\n",
	);
	const up = await checkout.run(["up", bare, "--json", "out/results.json", "--markdown", "out/up.md"]);
	expect(up.code).toBe(0);
	expect(up.calls.filter((call) => call !== "POST /oauth/token")).toHaveLength(13);
	expect(checkout.read("out/up.md")).toContain(
		"2 created, 1 changed, 1 replaced, 1 deleted, 1 released, 2 secrets rotated; 1 stays as declared.\n",
	);
	const results = JSON.parse(checkout.read("out/results.json")) as Results;
	expect(results.clients.map(({ resource, action }) => `${action} ${resource}`)).toEqual([
		"update billing",
		"update crm-sync",
		"replace dashboard",
		"create evil",
		"update export",
		"release kept",
		"delete old",
		"create partner",
		"same same",
	]);
	const now = Object.fromEntries(stack.simulator.organization.clients().map(({ name, id }) => [name, id]));
	const [billing, crm, dashboard, , renewed] = results.clients;
	expect(billing).toMatchObject({ kind: "pair", id: `${a},${b}`, secretVersion: 2, changes: [] });
	expect(billing!.newSecret).toContain("becomes current with a new secret");
	expect(crm).toMatchObject({ id: ids["CRM sync"], secretVersion: 1, failed: false });
	expect(dashboard).toMatchObject({ id: now["Agent dashboard"], replacedId: ids["Agent dashboard"] });
	expect(renewed).toMatchObject({ id: ids["Export"], secretVersion: 2 });
	expect(renewed!.newSecret).toContain("it is 89 days old");
	expect(renewed!.secretFingerprint).toMatch(/^[0-9a-f]{12}$/);

	const unchanged = await checkout.run(["preview", bare, "--markdown", "out/comment.md"]);
	expect(unchanged).toMatchObject({ code: 0, calls: [], lines: ["test: unchanged (same 7)"] });
	expect(checkout.read("out/comment.md").split("\n\n").slice(1)).toEqual([
		"### OAuth clients: <code>test</code>",
		"No changes: 7 clients, as declared.\n",
	]);
});

test("all mistakes of a file are told at once, each with its line and what to do, and nothing is asked of anybody", async () => {
	const { checkout } = await start();
	writeFileSync(
		join(checkout.directory, "oauth-clients.yaml"),
		`clients:
  crm sync: {}
  crm-sync:
    name: CRM sync
    authorizedGrantTyp: CLIENT-CREDENTIALS
    authorizedGrantType: CLIENT-CREDENTIAL
    description:
  dashboard:
    name: Agent dashboard
    authorizedGrantType: CODE
    scope:
      - users:readonly
      - ""
    accessTokenValiditySeconds: 60
    options:
      protected: true
  service:
    name: Service
    authorizedGrantType: CLIENT-CREDENTIALS
    roleDivisions:
      - roleid: abc
  nothing:
pairs:
  service:
    name: Twice
    authorizedGrantType: CLIENT-CREDENTIALS
    roleDivisions: [{ roleId: a }]
    rotation: { periodDays: 30 }
  billing:
    name: Billing
    authorizedGrantType: TOKEN
    scope: [users:readonly]
    registeredRedirectUri: [https://billing.example.com/]
    rotations: 90
    rotation: { deactivatePreviousAfterDays: 7 }
    options: { rotate: true }
  named:
    name: Named
    authorizedGrantType: CLIENT-CREDENTIALS
    roleDivisions: [{ roleName: employee, divisionName: Home }, { roleName: employee, roleId: a }]
    rotation: { periodDays: 30 }
credentials:
  named: { name: Data actions, client: nobody, type: basicAuth }
  data: { client: named, fields: { clientId: a } }
client: {}
`,
	);
	const wrong = [
		"2: clients.crm sync: is no name for a resource: use letters, digits, '.', '_' and '-', and begin with a letter or a digit",
		"2: clients.crm sync.name: is required",
		"2: clients.crm sync.authorizedGrantType: is required",
		"5: clients.crm-sync.authorizedGrantTyp: is not an argument of OAuthClient; did you mean authorizedGrantType?",
		"6: clients.crm-sync.authorizedGrantType: must be one of CODE, TOKEN, SAML2-BEARER, PASSWORD, CLIENT-CREDENTIALS; did you mean CLIENT-CREDENTIALS?",
		"7: clients.crm-sync.description: has no value: give one, or remove it",
		"13: clients.dashboard.scope[1]: must not be empty",
		"14: clients.dashboard.accessTokenValiditySeconds: must be at least 300 seconds (5 minutes)",
		"16: clients.dashboard.options.protected: is unknown; use protect, retainOnDelete, renamedFrom",
		"21: clients.service.roleDivisions[0].roleId: is required",
		"21: clients.service.roleDivisions[0].roleid: is not a property of roleDivisions; did you mean roleId?",
		"22: clients.nothing: has no value: give one, or remove it",
		"24: pairs.service: is the name of a client too: choose another",
		"31: pairs.billing.authorizedGrantType: must be one with a secret: clients of the grant type TOKEN have none",
		"34: pairs.billing.rotations: is not an argument of RotatingOAuthClient; did you mean rotation?",
		"35: pairs.billing.rotation: set either periodDays or rotateWhenChanged",
		"35: pairs.billing.rotation.deactivatePreviousAfterDays: needs periodDays",
		"36: pairs.billing.options.rotate: is unknown; use protect, retainOnDelete, renamedFrom",
		"40: pairs.named.roleDivisions[1].roleName: set either roleId or roleName",
		"43: credentials.named.type: is unknown; use name, allowSameName, adopt, deletionGuard, timeouts, connection, client, options",
		"43: credentials.named: is the name of a pair too: choose another",
		"43: credentials.named.client: is none of the clients and pairs of this file",
		"44: credentials.data: lacks name",
		"44: credentials.data.fields: is unknown; use name, allowSameName, adopt, deletionGuard, timeouts, connection, client, options",
		"45: client: is unknown; use clients, pairs, credentials",
	].map((mistake) => `oauth-clients.yaml:${mistake}`);
	const validated = await checkout.run(["validate"], { PATH: "", PULUMI_CONFIG_PASSPHRASE: "" });
	expect(validated).toEqual({ code: 2, lines: wrong, calls: [] });

	const preview = await checkout.run(["preview", "--markdown", "out/comment.md", "--json", "out/results.json"]);
	expect(preview).toMatchObject({ code: 2, calls: [] });
	expect(preview.lines).toEqual([...wrong.map((mistake) => `error: ${mistake}`), "test: invalid"]);
	expect(checkout.read("out/comment.md")).toContain("The file of clients has mistakes.");
	expect(checkout.read("out/comment.md")).toContain(
		"- oauth-clients&#46;yaml&#58;13: clients&#46;dashboard&#46;scope&#91;1&#93;: must not be empty\n",
	);
	expect(JSON.parse(checkout.read("out/results.json"))).toMatchObject({
		outcome: "invalid",
		errors: wrong,
		clients: [],
	});
});

test("what isn't YAML is told with its line, and a file that isn't there with the option that names another", async () => {
	const { checkout } = await start();
	writeFileSync(join(checkout.directory, "oauth-clients.yaml"), "clients:\n  a: { name: A }\n  a: { name: B }\n");
	expect((await checkout.run(["validate"])).lines).toEqual([
		"oauth-clients.yaml:3: this isn't YAML: Map keys must be unique",
	]);
	const { code, lines } = await checkout.run(["validate", "--clients", "other.yaml"]);
	expect(code).toBe(1);
	expect(lines).toEqual([
		"error: the file of clients other.yaml can't be read (ENOENT): give another one with --clients",
	]);
});
