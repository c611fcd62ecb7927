import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { logInAndCall } from "./service-login.mjs";

/** The role that the demo's organization has for the service: with it, the service may read OAuth clients. */
export const readerRole = {
	id: "0f7a2f4e-6d0c-4c41-9d55-3c1f6d1a7c11",
	name: "OAuth client reader",
	permissions: ["oauth:client:view"],
};

/** Makes the clients of the quickstart and answers with their ids and secrets. */
export async function makeClients({ simulator, sandbox, report }) {
	report.announce("1. pulumi up", "Makes a CODE client for a web app, and a CLIENT-CREDENTIALS client for a service.");
	await report.run(
		{
			step: "pulumi up makes both clients",
			expected: "CLIENT-CREDENTIALS and CODE client made, 2 secrets shown as [secret]",
			// The preview and the update look up the role, each with a login of its own; the other GETs ask for the clients and, for the
			// role that names none, the home division.
			calls: "3 tokens, 4 GET, 2 POST",
		},
		async () => {
			const output = await sandbox.run("up", "--yes");
			const hidden = new Set(output.match(/\w+ClientSecret\b(?=\s*:\s*\[secret\])/g));
			const grants = simulator.organization.clients().map((client) => client.authorizedGrantType);
			return `${grants.toSorted().join(" and ")} client made, ${hidden.size} secrets shown as [secret]`;
		},
	);
	return sandbox.ask("stack", "output", "--show-secrets");
}

/** Shows that the secret in the stack's outputs is the client's. */
export async function useSecret({ simulator, report }, outputs) {
	report.announce(
		"2. The service logs in with its secret",
		"POST /oauth/token with the secret from the stack's outputs, then GET /api/v2/oauth/clients with the token.",
	);
	await report.run(
		{
			step: "The service's secret works",
			expected: "login answered 200, the call 200 with 2 clients of the stack",
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
			return `login answered ${login}, the call ${call} with ${ours.length} clients of the stack`;
		},
	);
}

/** Changes the program as a user does, and shows that the second run has nothing to do. */
export async function changeArgument({ simulator, sandbox, report }, { serviceClientId }) {
	report.announce(
		"3. One argument changes",
		"The service's tokens are to live two hours instead of one: one line of index.ts. Then pulumi up, twice.",
	);
	await editProgram(sandbox.project, "accessTokenValiditySeconds: 3600", "accessTokenValiditySeconds: 7200");
	await report.run(
		{ step: "pulumi up after the edit", expected: "1 updated, tokens live 7200 s", calls: "3 tokens, 2 GET, 1 PUT" },
		async () => {
			await sandbox.run("up", "--yes");
			const { accessTokenValiditySeconds } = simulator.organization.client(serviceClientId);
			return `${await describeChanges(sandbox)}, tokens live ${accessTokenValiditySeconds} s`;
		},
	);
	await report.run(
		// The program looks up the role; the clients cost no call.
		{ step: "pulumi up once more", expected: "nothing changed", calls: "2 tokens, 2 GET" },
		async () => {
			await sandbox.run("up", "--yes");
			return describeChanges(sandbox);
		},
	);
}

/** Changes the client behind Pulumi's back, and has Pulumi find and undo that. */
export async function repairDrift({ simulator, sandbox, report }, { serviceClientId }) {
	const { organization } = simulator;
	const wanted = organization.client(serviceClientId).description;
	report.announce(
		"4. Someone changes the client behind Pulumi's back",
		"The service's description is another now. pulumi refresh finds that, pulumi up puts it right.",
	);
	organization.changeClient(serviceClientId, { description: "Changed by hand" });
	await report.run(
		{
			step: "pulumi refresh finds the drift",
			expected: "1 updated",
			// Pulumi reads every client twice, for the preview and for the refresh, in a provider process each.
			calls: "2 tokens, 4 GET",
		},
		async () => {
			await sandbox.run("refresh", "--yes");
			return describeChanges(sandbox);
		},
	);
	await report.run(
		{ step: "pulumi up puts it right", expected: `1 updated, "${wanted}"`, calls: "3 tokens, 2 GET, 1 PUT" },
		async () => {
			await sandbox.run("up", "--yes");
			return `${await describeChanges(sandbox)}, "${organization.client(serviceClientId).description}"`;
		},
	);
}

/** Removes what there is, whether all went well before or not. */
export async function removeClients({ simulator, sandbox, report }) {
	report.announce("5. pulumi destroy", "Makes each client inactive, as the API wants it, and deletes it.");
	await report.run(
		{ step: "pulumi destroy", expected: "0 clients left", calls: "1 token, 2 PUT, 2 DELETE" },
		async () => {
			await sandbox.run("destroy", "--yes");
			return `${simulator.organization.clients().length} clients left`;
		},
	);
}

/** Looks for the secrets where they must not be: in the state and its history, in the project, in what Pulumi printed. */
export async function searchSecrets({ sandbox, report }, outputs) {
	const secrets = [outputs.webAppClientSecret, outputs.serviceClientSecret];
	await report.run(
		{
			step: "Both secrets, in clear",
			expected: "in 0 files, 0 times in Pulumi's output",
			calls: "none",
		},
		async () => {
			// The ids lie beside the secrets: a search that doesn't find them would prove nothing.
			const searched = await sandbox.countFilesWith([outputs.serviceClientId]);
			if (searched === 0) throw new Error("the search for secrets found no file that knows the clients");
			const files = await sandbox.countFilesWith(secrets);
			const times = secrets.reduce((sum, secret) => sum + sandbox.transcript.split(secret).length - 1, 0);
			return `in ${files} files, ${times} times in Pulumi's output`;
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
	if (!text.includes(before)) throw new Error(`the quickstart doesn't hold "${before}", which the demo is to change`);
	await writeFile(program, text.replace(before, after));
	console.log(`index.ts: ${before}  ->  ${after}`);
}
