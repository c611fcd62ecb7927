import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { logInAndCall } from "./service-login.mjs";

/** The service's role in the demo organization: it allows reading OAuth clients. */
export const readerRole = {
	id: "0f7a2f4e-6d0c-4c41-9d55-3c1f6d1a7c11",
	name: "OAuth client reader",
	permissions: ["oauth:client:view"],
};

/** Creates the quickstart's clients and returns their ids and secrets. */
export async function makeClients({ simulator, sandbox, report }) {
	report.announce("1. pulumi up", "Creates a CODE client for a web app and a CLIENT-CREDENTIALS client for a service.");
	await report.run(
		{
			step: "pulumi up creates both clients",
			expected: "CLIENT-CREDENTIALS and CODE client created, 2 secrets shown as [secret]",
			// The preview and the update each log in and look up the role; the other GETs list the clients and find the home division for
			// the role without a division.
			calls: "3 tokens, 4 GET, 2 POST",
		},
		async () => {
			const output = await sandbox.run("up", "--yes");
			const hidden = new Set(output.match(/\w+ClientSecret\b(?=\s*:\s*\[secret\])/g));
			const grants = simulator.organization.clients().map((client) => client.authorizedGrantType);
			return `${grants.toSorted().join(" and ")} client created, ${hidden.size} secrets shown as [secret]`;
		},
	);
	return sandbox.ask("stack", "output", "--show-secrets");
}

/** Shows that the secret in the stack's outputs works. */
export async function useSecret({ simulator, report }, outputs) {
	report.announce(
		"2. The service logs in with its secret",
		"POST /oauth/token with the secret from the stack's outputs, then GET /api/v2/oauth/clients with the token.",
	);
	await report.run(
		{
			step: "The service's secret works",
			expected: "login returned 200, the call 200 with 2 clients of the stack",
			calls: "1 token, 1 GET",
		},
		async () => {
			const { login, call, body } = await logInAndCall(simulator.url, {
				clientId: outputs.serviceClientId,
				clientSecret: outputs.serviceClientSecret,
				path: "/api/v2/oauth/clients",
			});
			const clients = body.entities ?? [];
			console.log(
				`The organization's clients, as the service sees them: ${clients.map(({ name }) => name).join(", ")}`,
			);
			const ours = clients.filter(({ id }) => [outputs.serviceClientId, outputs.webAppClientId].includes(id));
			return `login returned ${login}, the call ${call} with ${ours.length} clients of the stack`;
		},
	);
}

/** Changes the program as a user would, and shows that a second run changes nothing. */
export async function changeArgument({ simulator, sandbox, report }, { serviceClientId }) {
	report.announce(
		"3. One argument changes",
		"One line of index.ts: the service's tokens last two hours instead of one. Then pulumi up, twice.",
	);
	await editProgram(sandbox.project, "accessTokenValiditySeconds: 3600", "accessTokenValiditySeconds: 7200");
	await report.run(
		{ step: "pulumi up after the edit", expected: "1 updated, tokens last 7200 s", calls: "3 tokens, 3 GET, 1 PUT" },
		async () => {
			await sandbox.run("up", "--yes");
			const { accessTokenValiditySeconds } = simulator.organization.client(serviceClientId);
			return `${await describeChanges(sandbox)}, tokens last ${accessTokenValiditySeconds} s`;
		},
	);
	await report.run(
		// The program looks up the role; the clients cost no call.
		{ step: "pulumi up again", expected: "nothing changed", calls: "2 tokens, 2 GET" },
		async () => {
			await sandbox.run("up", "--yes");
			return describeChanges(sandbox);
		},
	);
}

/** Changes the client outside Pulumi, and lets Pulumi detect and revert that. */
export async function repairDrift({ simulator, sandbox, report }, { serviceClientId }) {
	const { organization } = simulator;
	const wanted = organization.client(serviceClientId).description;
	report.announce(
		"4. Someone changes the client outside Pulumi",
		"The service's description was changed. pulumi refresh detects that, pulumi up reverts it.",
	);
	organization.changeClient(serviceClientId, { description: "Changed by hand" });
	await report.run(
		{
			step: "pulumi refresh detects the drift",
			expected: "1 updated",
			// Pulumi reads every client twice, for the preview and for the refresh, each in its own provider process, which also tries the changed
			// client's secret by a login.
			calls: "4 tokens, 4 GET",
		},
		async () => {
			await sandbox.run("refresh", "--yes");
			return describeChanges(sandbox);
		},
	);
	await report.run(
		{ step: "pulumi up reverts it", expected: `1 updated, "${wanted}"`, calls: "3 tokens, 3 GET, 1 PUT" },
		async () => {
			await sandbox.run("up", "--yes");
			return `${await describeChanges(sandbox)}, "${organization.client(serviceClientId).description}"`;
		},
	);
}

/** Removes all clients, also after a failed step. */
export async function removeClients({ simulator, sandbox, report }) {
	report.announce("5. pulumi destroy", "Sets each client to inactive, as the API requires, and deletes it.");
	await report.run(
		{ step: "pulumi destroy", expected: "0 clients left", calls: "1 token, 2 PUT, 2 DELETE" },
		async () => {
			await sandbox.run("destroy", "--yes");
			return `${simulator.organization.clients().length} clients left`;
		},
	);
}

/** Searches the state and its history, the project and Pulumi's output for the secrets. */
export async function searchSecrets({ sandbox, report }, outputs) {
	const secrets = [outputs.webAppClientSecret, outputs.serviceClientSecret];
	await report.run(
		{
			step: "Search for both secrets in plain text",
			expected: "in 0 files, 0 times in Pulumi's output",
			calls: "none",
		},
		async () => {
			// The ids are stored beside the secrets: a search that doesn't find them would prove nothing.
			const searched = await sandbox.countFilesWith([outputs.serviceClientId]);
			if (searched === 0) throw new Error("the search for secrets found no file with the client ids");
			const files = await sandbox.countFilesWith(secrets);
			const times = secrets.reduce((sum, secret) => sum + sandbox.transcript.split(secret).length - 1, 0);
			return `in ${files} files, ${times} times in Pulumi's output`;
		},
	);
}

/** Declares the service in Pulumi YAML, without a program, and removes it. */
export async function declareInYaml({ simulator, sandbox, report }) {
	report.announce(
		"6. The same in YAML",
		"A copy of examples/yaml: the service as a YAML file, with the plugin instead of the npm package. Every Pulumi language can use it.",
	);
	await sandbox.run("stack", "init", "demo");
	await sandbox.run("config", "set", "serviceRole", readerRole.name);
	await report.run(
		{
			step: "pulumi up of the YAML file",
			expected: "CLIENT-CREDENTIALS client created, 1 secret shown as [secret]",
			calls: "2 tokens, 4 GET, 1 POST",
		},
		async () => {
			const output = await sandbox.run("up", "--yes");
			const hidden = new Set(output.match(/\bclientSecret\b(?=\s*:\s*\[secret\])/g));
			const [client] = simulator.organization.clients();
			return `${client.authorizedGrantType} client created, ${hidden.size} secret shown as [secret]`;
		},
	);
	await report.run(
		{ step: "pulumi destroy of it", expected: "0 clients left", calls: "1 token, 1 PUT, 1 DELETE" },
		async () => {
			await sandbox.run("destroy", "--yes");
			return `${simulator.organization.clients().length} clients left`;
		},
	);
}

async function describeChanges(sandbox) {
	const { create = 0, update = 0, replace = 0, delete: removed = 0 } = await sandbox.lastChanges();
	const counts = Object.entries({ created: create, updated: update, replaced: replace, deleted: removed });
	const changed = counts.filter(([, count]) => count > 0).map(([word, count]) => `${count} ${word}`);
	return changed.join(", ") || "nothing changed";
}

async function editProgram(project, before, after) {
	const program = join(project, "index.ts");
	const text = await readFile(program, "utf8");
	if (!text.includes(before)) throw new Error(`the quickstart's index.ts lacks "${before}", which the demo changes`);
	await writeFile(program, text.replace(before, after));
	console.log(`index.ts: ${before}  ->  ${after}`);
}
