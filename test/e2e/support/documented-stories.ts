import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect } from "vitest";
import { type ClientSeed, DIVISION_IDS, ROLE_IDS, type Simulator, startSimulator } from "../../../simulator";
import { runCommand, variablesFor, writesOf } from "../../cli/support/command";
import { ageSecret, ageTurn } from "./ageing";
import type { TestStack } from "./test-stack";
import { writeTypeScript } from "./typescript-program";

const day = 86_400_000;

/** Where a story plays. */
export interface Scene {
	stack: TestStack;
	/** The documented program. */
	program: string;
	/** What the first `pulumi up` showed. */
	firstRun: string;
	/** The secret of the client that was there before it, if there was one. */
	secretBefore: string;
}

/** What a page says of a section's program beyond that it runs, and what must be there before it does. */
interface Story {
	/** What the page says, as a fact. */
	says: string;
	/** Whether `npm test` has it too. */
	everyRun?: true;
	/** The program as it can be run here: only what needs the outside world may be changed. */
	adapt?(program: string): string;
	/** Makes what the program needs, before it is run. */
	before?(scene: Scene): Promise<void> | void;
	/** Goes on after the program has run. */
	after(scene: Scene): Promise<void>;
}

const withoutComments = (program: string) =>
	program.replaceAll(/^(\/\/| ?\*|\/\*).*\n/gm, "").replaceAll(/\n{2,}/g, "\n\n");
const outputsOf = async (stack: TestStack) => (await stack.outputs()) as unknown as Record<string, string>;
const service = (name: string): ClientSeed => ({
	name,
	authorizedGrantType: "CLIENT-CREDENTIALS",
	roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }],
});
const daysAgo = (days: number) => new Date(Date.now() - days * day).toISOString().slice(0, 10);
/** A line of a page, with any dates, as Pulumi shows it. */
const said = (line: string) =>
	new RegExp(line.replaceAll(/[$()*+.?[\\\]^{|}]/g, "\\$&").replaceAll("DATE", String.raw`\d{4}-\d\d-\d\d`));
/** The client in state, of which there is only one. */
const onlyClient = async (stack: TestStack) => (await stack.state()).find(({ type }) => type.endsWith(":OAuthClient"))!;

/** The organizations beside the stack's own that tests have started. */
const otherOrganizations: Simulator[] = [];
/** What ends what a test has started beside its stack. */
const beside: (() => Promise<unknown>)[] = [];

/** Ends what the stories of a test have started beside its stack. */
export async function endWhatStoriesStarted(): Promise<void> {
	for (const stop of beside.splice(0)) await stop();
}

/** By page and heading. Every other documented program is only run. */
export const stories: Record<string, Story> = {
	"docs/getting-started.md: Use outputs": {
		says: "what a program makes of a secret is a secret too",
		async after({ stack }) {
			expect((await stack.pulumi("stack", "output")).output).toMatch(/login\s+\[secret\]/);
			const { login } = await outputsOf(stack);
			const { id, secret } = JSON.parse(login!) as { id: string; secret: string };
			expect(stack.simulator.organization.checkSecret(id, secret)).toBe(true);
		},
	},
	"docs/adopt-and-release.md: Adopt an existing client": {
		says: "the preview tells what changes, no client is made, and whoever uses it goes on",
		async before(scene) {
			const { stack } = scene;
			const { client, secret } = stack.simulator.organization.addClient({
				...service("CRM sync"),
				description: "Set up by hand",
			});
			scene.secretBefore = secret!;
			const { output } = await stack.run("preview");
			expect(output).toContain(
				`will adopt OAuth client "CRM sync" (${client.id}) instead of creating a client: changes description; keeps its secret, which this stack doesn't know`,
			);
			expect(output).toContain('    description: "Set up by hand" => "Copies contacts to the CRM every night"');
		},
		async after({ stack, firstRun, secretBefore }) {
			const [client, ...others] = stack.simulator.organization.clientsByName("CRM sync");
			expect(others).toEqual([]);
			expect(client?.description).toBe("Copies contacts to the CRM every night");
			expect(firstRun).toContain("clientSecret is empty");
			expect(await outputsOf(stack)).toEqual({ crmClientId: client!.id });
			expect(await stack.canLogIn(client!.id, secretBefore)).toBe(true);
		},
	},
	"docs/adopt-and-release.md: Bring the secret along": {
		says: "login tries the secret, and nothing is rotated",
		async before(scene) {
			const { stack } = scene;
			scene.secretBefore = stack.simulator.organization.addClient(service("CRM sync")).secret!;
			await stack.pulumi("config", "set", "--secret", "crmClientSecret", scene.secretBefore);
		},
		async after({ stack, secretBefore }) {
			expect(writesOf(stack.simulator)).toEqual([]);
			expect(await outputsOf(stack)).toEqual({ crmClientSecret: secretBefore });
			// The argument has no effect any more.
			await stack.pulumi("config", "set", "--secret", "crmClientSecret", "another");
			await stack.run("up", "--expect-no-changes");
		},
	},
	"docs/adopt-and-release.md: Adopt a whole organization": {
		says: "it is what export writes, adopts without a change, and can't be lost by accident",
		async before({ stack, program }) {
			const [, id = ""] = /clientId: "([^"]+)"/.exec(program) ?? [];
			stack.simulator.organization.addClient({ ...service("CRM sync"), id, accessTokenValiditySeconds: 3600 });
			const { stdout } = await runCommand(["export", "--stdout"], { variables: variablesFor(stack.simulator) });
			expect(withoutComments(stdout)).toBe(withoutComments(program));
			expect((await stack.run("preview")).output).toContain("instead of creating a client: no setting changes");
		},
		async after({ stack }) {
			expect(writesOf(stack.simulator)).toEqual([]);
			writeTypeScript(stack, "export {};\n");
			expect(await stack.fails("preview")).toContain("protected");
		},
	},
	"docs/adopt-and-release.md: Release a client without deleting it": {
		says: "a retained client stays in Genesys Cloud, without a call",
		async after({ stack }) {
			expect((await stack.run("destroy")).calls).toEqual([]);
			expect(stack.simulator.organization.clientsByName("Wiki")).toMatchObject([{ state: "active" }]);
		},
	},
	"docs/adopt-and-release.md: Read a client that something else manages": {
		says: "a preview costs one GET",
		async after({ stack }) {
			expect((await stack.run("preview")).calls).toEqual(["POST /oauth/token", "GET /api/v2/oauth/clients/{clientId}"]);
		},
	},
	"docs/rotation.md: Rotate when a value changes": {
		says: "the preview tells why, and the client keeps its id",
		async after({ stack, program }) {
			const { id } = await onlyClient(stack);
			const before = await outputsOf(stack);
			expect(program).toContain("2026-Q3");
			writeTypeScript(stack, program.replace("2026-Q3", "2026-Q4"));
			expect((await stack.run("preview")).output).toContain(
				`pulumi up rotates the secret of OAuth client "CRM sync" (${id}): rotateWhenChanged has changed (quarter)`,
			);
			await stack.run("up");
			const after = await outputsOf(stack);
			expect(after).toMatchObject({ crmSecretVersion: 2 });
			expect(await stack.canLogIn(id!, after["crmClientSecret"]!)).toBe(true);
			expect(await stack.canLogIn(id!, before["crmClientSecret"]!)).toBe(false);
		},
	},
	"docs/rotation.md: Rotate by age": {
		says: "the secret is due between the 58th and the 76th day, and is then renewed once",
		async after({ stack }) {
			const { crmClientSecret: before, crmSecretRotatesAt } = await outputsOf(stack);
			const due = (Date.parse(crmSecretRotatesAt!) - Date.now()) / day;
			expect(due).toBeGreaterThan(57.9);
			expect(due).toBeLessThanOrEqual(76);
			await ageSecret(stack, 80);
			expect((await stack.run("up")).output).toMatch(
				/pulumi up rotates the secret of .*: it is 80 days old and was due on \d{4}-\d\d-\d\d \(maxAgeDays: 90\)/,
			);
			expect((await outputsOf(stack))["crmClientSecret"]).not.toBe(before);
		},
	},
	"docs/operations-and-cost.md: Settings that this version doesn't know": {
		says: "they are sent as they are, and no value of them is shown",
		before({ stack }) {
			stack.simulator.organization.changeSettings({ extraProperties: ["allowedIpAddresses"] });
		},
		async after({ stack, firstRun }) {
			const [client] = stack.simulator.organization.clientsByName("CRM sync");
			expect(client?.extra).toEqual({ allowedIpAddresses: ["192.0.2.0/24"] });
			expect(firstRun).not.toContain("192.0.2");
			expect(JSON.stringify(await stack.state())).not.toContain("192.0.2");
			expect((await stack.run("up")).calls).toEqual([]);
		},
	},
	"docs/rotation.md: Rotate without downtime": {
		says: "a rotation changes the client id too, both credentials work, its plan holds, and one can be ordered for a run",
		async after({ stack }) {
			const before = await outputsOf(stack);
			expect(Date.parse(before["nextRotation"]!)).toBeGreaterThan(Date.now());
			// As if the last run had been a period ago.
			await ageTurn(stack, 31);
			const [a, b] = ["CRM sync (A)", "CRM sync (B)"].map(
				(name) => `OAuth client "${name}" (${stack.simulator.organization.clientsByName(name)[0]!.id})`,
			);
			expect((await stack.run("preview", "--save-plan", "plan.json")).output).toMatch(
				said(
					`${b} becomes current with a new secret (due since DATE (periodDays: 30)); ${a} stays valid until the next rotation, due on DATE`,
				),
			);
			const { output, calls } = await stack.run("up", "--plan", "plan.json");
			expect(output).toMatch(
				said(
					`${b} is current now, with a new secret; OAuth client "CRM sync (A)" stays valid until the next rotation, due on DATE`,
				),
			);
			expect(calls.filter((call) => !call.startsWith("POST /oauth/token"))).toEqual([
				"POST /api/v2/oauth/clients/{clientId}/secret",
			]);
			const after = await outputsOf(stack);
			expect(after["clientId"]).not.toBe(before["clientId"]);
			for (const { clientId, clientSecret } of [before, after]) {
				expect(await stack.canLogIn(clientId!, clientSecret!)).toBe(true);
			}
			expect(
				stack.simulator.organization
					.clients()
					.map(({ name }) => name)
					.filter((name) => name.startsWith("CRM sync"))
					.toSorted(),
			).toEqual(["CRM sync (A)", "CRM sync (B)"]);
			stack.environment["GENESYSCLOUD_ROTATE"] = `${after["clientId"]}@INC-4711`;
			expect((await stack.run("up")).output).toContain("as set by the environment variable GENESYSCLOUD_ROTATE");
			expect(await outputsOf(stack)).toMatchObject({ clientId: before["clientId"] });
			expect(await stack.canLogIn(after["clientId"]!, after["clientSecret"]!)).toBe(true);
		},
	},
	"docs/rotation.md: Adopt two clients": {
		says: "both clients keep ids and secrets and get their letters, and the first rotation makes a secret for the second",
		async before(scene) {
			const { stack } = scene;
			scene.secretBefore = stack.simulator.organization.addClient(service("CRM sync")).secret!;
			stack.simulator.organization.addClient(service("CRM sync, spare"));
		},
		async after({ stack, program, firstRun, secretBefore }) {
			expect(firstRun).toContain("the secret of client A is empty");
			const adopted = await outputsOf(stack);
			const ids = ["CRM sync (A)", "CRM sync (B)"].map(
				(name) => stack.simulator.organization.clientsByName(name)[0]!.id,
			);
			expect([adopted["clientId"], adopted["previousClientId"]]).toEqual(ids);
			expect(
				stack.simulator.requests.all().filter(({ method, path }) => method === "POST" && path.includes("/api/")),
			).toEqual([]);
			expect(await stack.canLogIn(ids[0]!, secretBefore)).toBe(true);
			writeTypeScript(stack, program.replace("2026-Q3", "2026-Q4"));
			await stack.run("up");
			const rotated = await outputsOf(stack);
			expect(rotated["clientId"]).toBe(ids[1]);
			expect(await stack.canLogIn(ids[1]!, rotated["clientSecret"]!)).toBe(true);
			expect(await stack.canLogIn(ids[0]!, secretBefore)).toBe(true);
		},
	},
	"docs/secret-delivery.md: Into a secret store": {
		says: "the store has the secret that works",
		everyRun: true,
		async before({ stack }) {
			stack.environment["VAULT_ADDR"] = await startVault(stack);
			stack.environment["VAULT_TOKEN"] = "a token of the vault";
		},
		async after({ stack }) {
			const { id } = await onlyClient(stack);
			const stored = JSON.parse(stack.read("../vault.json")) as {
				path: string;
				body: { data: Record<string, string> };
			};
			expect(stored.path).toBe(`/v1/secret/data/genesys/${id}`);
			const { clientSecret, ...others } = stored.body.data;
			expect(others).toEqual({ name: "CRM sync", clientId: id, secretVersion: 1 });
			expect(await stack.canLogIn(id!, clientSecret!)).toBe(true);
		},
	},
	"docs/secret-delivery.md: To another stack": {
		says: "the secret is read from another project's stack, and is a secret there too",
		async before(scene) {
			const { stack, program } = scene;
			writeTypeScript(
				stack,
				'import { OAuthClient } from "pulumi-genesyscloud-oauth";\n' +
					`export const crmClientSecret = new OAuthClient("crm-sync", ${JSON.stringify(service("CRM sync"))}).clientSecret;\n`,
			);
			await stack.pulumi("stack", "init", "clients");
			await stack.pulumi("up", "--yes", "--skip-preview", "--stack", "clients");
			writeTypeScript(stack, program);
			const [, project] = /^name: (.+)$/m.exec(stack.read("Pulumi.yaml")) ?? [];
			await stack.pulumi("config", "set", "clientsStack", `organization/${project}/clients`);
		},
		async after({ stack, firstRun }) {
			expect(firstRun).toMatch(/crmClientSecret\s*: \[secret\]/);
			const [client] = stack.simulator.organization.clientsByName("CRM sync");
			expect(await stack.canLogIn(client!.id, (await outputsOf(stack))["crmClientSecret"]!)).toBe(true);
		},
	},
	"docs/secret-delivery.md: To a file for a local process": {
		says: "the file has the secret that works, and nobody else may read it",
		before({ stack }) {
			stack.environment["CRM_CREDENTIALS_FILE"] = join(stack.directory, "credentials.json");
		},
		async after({ stack }) {
			const { clientId, clientSecret } = JSON.parse(stack.read("../credentials.json")) as Record<string, string>;
			expect(await stack.canLogIn(clientId!, clientSecret!)).toBe(true);
			expect((statSync(join(stack.directory, "credentials.json")).mode & 0o777).toString(8)).toBe("600");
		},
	},
	"docs/deletion.md: Refuse while it is in use": {
		says: "a client in use isn't destroyed, until the override is given",
		async after({ stack }) {
			const { id } = await onlyClient(stack);
			// A midnight may come meanwhile.
			const last = daysAgo(2);
			stack.simulator.organization.addUsage(
				{ clientId: id!, date: last, templateUri: "/api/v2/users", httpMethod: "GET", status200: 40 },
				{ clientId: id!, date: daysAgo(3), templateUri: "/api/v2/routing/queues", httpMethod: "GET", status200: 2 },
			);
			expect(await stack.fails("destroy")).toContain(
				`deleting OAuth client "CRM sync" (${id}): the client is in use, so it wasn't deleted: it made 42 requests in the last 7 days, the last on ${last}, mostly GET /api/v2/users (40), GET /api/v2/routing/queues (2). To delete it anyway, run once with GENESYSCLOUD_ALLOW_DELETION=${id}`,
			);
			stack.environment["GENESYSCLOUD_ALLOW_DELETION"] = id;
			expect((await stack.run("destroy")).output).toContain(
				"is overridden by the environment variable GENESYSCLOUD_ALLOW_DELETION",
			);
			expect(stack.simulator.organization.clientsByName("CRM sync")).toEqual([]);
		},
	},
	"docs/deletion.md: Refuse always": {
		says: "a protected client isn't destroyed",
		async after({ stack }) {
			expect((await stack.pulumi("destroy", "--preview-only")).output).toMatch(/protect/);
			expect(await stack.fails("destroy")).toMatch(/protect/);
			expect(stack.simulator.organization.clientsByName("Payroll")).toHaveLength(1);
		},
	},
	"docs/deletion.md: Deactivate instead of deleting": {
		says: "a destroyed client is inactive, and the run prints what restores it",
		async after({ stack }) {
			const { surveyClientId } = await outputsOf(stack);
			expect((await stack.run("destroy")).output).toContain(`adopt: { clientId: "${surveyClientId}" } restores it`);
			expect(stack.simulator.organization.clientsByName("Survey")).toMatchObject([
				{ id: surveyClientId, state: "inactive" },
			]);
		},
	},
	"docs/deletion.md: Bring it back": {
		says: "an inactive client is active again, with its id and its secret",
		async before(scene) {
			const { stack } = scene;
			const { client, secret } = stack.simulator.organization.addClient(service("Survey"));
			scene.secretBefore = secret!;
			stack.simulator.organization.changeClient(client.id, { state: "inactive" });
			await stack.pulumi("config", "set", "surveyClientId", client.id);
		},
		async after({ stack, secretBefore }) {
			const [client] = stack.simulator.organization.clientsByName("Survey");
			expect(await stack.canLogIn(client!.id, secretBefore)).toBe(true);
		},
	},
	"docs/configuration.md: Two organizations in one stack": {
		says: "each has its client",
		everyRun: true,
		async before({ stack }) {
			const other = await startSimulator();
			otherOrganizations.push(other);
			beside.push(async () => other.close());
			const { hostname, port } = new URL(other.url);
			Object.assign(stack.environment, {
				STAGING_OAUTHCLIENT_ID: other.administrator.clientId,
				STAGING_OAUTHCLIENT_SECRET: other.administrator.clientSecret,
				STAGING_PROTOCOL: "http",
				STAGING_HOST: hostname,
				STAGING_PORT: port,
			});
		},
		// The other organization is a simulator too.
		adapt: (program) =>
			program.replace(
				'region: "STAGING_REGION"',
				'gatewayProtocol: "STAGING_PROTOCOL", gatewayHost: "STAGING_HOST", gatewayPort: "STAGING_PORT"',
			),
		async after({ stack }) {
			for (const { organization } of [stack.simulator, otherOrganizations.at(-1)!]) {
				expect(organization.clientsByName("CRM sync")).toHaveLength(1);
			}
		},
	},
	"docs/operations-and-cost.md: What others change": {
		says: "a refresh finds that somebody reset the secret, and the next up makes one that is known",
		async after({ stack }) {
			const { id } = await onlyClient(stack);
			stack.simulator.organization.regenerateSecret(id!);
			expect((await stack.run("refresh")).output).toContain("was reset outside Pulumi");
			await stack.run("up");
			expect(await stack.canLogIn(id!, (await outputsOf(stack))["crmClientSecret"]!)).toBe(true);
		},
	},
	"docs/troubleshooting.md: When Pulumi is killed": {
		says: "the client that a killed run left behind is taken over, and its new secret logs in",
		everyRun: true,
		before({ stack }) {
			stack.simulator.organization.addClient(service("CRM sync"));
		},
		async after({ stack }) {
			const [client, ...others] = stack.simulator.organization.clientsByName("CRM sync");
			expect(others).toEqual([]);
			expect(await stack.canLogIn(client!.id, (await outputsOf(stack))["crmClientSecret"]!)).toBe(true);
		},
	},
	"docs/operations-and-cost.md: Timeouts": {
		says: "a client whose creation nobody answered is found, and its secret is known",
		before({ stack }) {
			stack.simulator.faults.add({ kind: "cut", method: "POST", path: "/api/v2/oauth/clients", when: "after" });
		},
		async after({ stack, firstRun }) {
			expect(firstRun).toContain("the create request got no response, but the client was created");
			const [client, ...others] = stack.simulator.organization.clientsByName("CRM sync");
			expect(others).toEqual([]);
			expect(await stack.canLogIn(client!.id, (await outputsOf(stack))["crmClientSecret"]!)).toBe(true);
		},
	},
	"docs/large-stacks.md: Several stacks": {
		says: "a stack has its own clients only, and one moves to another stack with its secret and without a call",
		adapt: (program) => program.replace("sales: [", "test: ["),
		async after({ stack, program, firstRun }) {
			expect(firstRun).toContain("3 created");
			const secret = await stack.secretInState("CRM sync");
			const { id, urn } = (await stack.resource("CRM sync"))!;
			await stack.pulumi("stack", "init", "service");
			const move = await stack.pulumi("state", "move", "--yes", "--source", "test", "--dest", "service", urn);
			expect(move).toMatchObject({ code: 0 });
			writeTypeScript(stack, program.replace('"CRM sync", ', "").replace('["Agent', '["CRM sync", "Agent'));
			expect((await stack.run("up")).calls).toEqual([]);
			stack.environment["PULUMI_STACK"] = "service";
			const { calls } = await stack.run("up");
			expect(calls.filter((call) => call.endsWith(" /api/v2/oauth/clients/{clientId}"))).toEqual([]);
			expect(stack.simulator.organization.clients()).toHaveLength(3);
			expect(await stack.secretInState("CRM sync")).toBe(secret);
			expect(await stack.canLogIn(id!, secret)).toBe(true);
		},
	},
	"docs/security.md: Secrets": {
		says: "the fingerprint is the start of the secret's SHA-256",
		async after({ stack }) {
			const { crmClientSecret, crmSecretFingerprint } = await outputsOf(stack);
			expect(createHash("sha256").update(crmClientSecret!).digest("hex").slice(0, 12)).toBe(crmSecretFingerprint);
		},
	},
};

/** A stand-in for a secret store: writes what it was given last beside the project, which isn't searched for secrets. */
async function startVault(stack: TestStack): Promise<string> {
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const authorized = request.headers["x-vault-token"] === stack.environment["VAULT_TOKEN"];
		const body = JSON.parse(Buffer.concat(chunks).toString()) as unknown;
		if (authorized) stack.write("../vault.json", JSON.stringify({ path: request.url, body }));
		response.writeHead(authorized ? 200 : 403).end();
	});
	await new Promise<void>((resolve) => {
		server.listen(0, "127.0.0.1", resolve);
	});
	beside.push(async () => server[Symbol.asyncDispose]());
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
