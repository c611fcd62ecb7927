import * as fc from "fast-check";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fieldsOf } from "../../provider/api/json";
import { startOrganization, temporaryDirectory, variablesFor } from "../cli/support/command";
import { runInProcess } from "../cli/support/in-process";
import { reportedIds, reportedOrganization } from "../cli/support/reported-organization";
import { mutate, mutation } from "./support/answer-mutations";
import { holds } from "./support/cases";
import { startMutatingServer } from "./support/mutating-server";

/** Every command that reads the organization. */
const commands: [string, ...string[]][] = [
	["report"],
	["report", "--csv", "clients"],
	["report", "--json"],
	["report", "--html", "report.html"],
	["export", "--stdout"],
	["export", "--stdout", "--language", "yaml"],
	["export", "--stdout", "--language", "python"],
	["export", "--stdout", "--language", "go"],
	["export", "--json", "--force", "--output", "program"],
	["doctor"],
	["doctor", "--json"],
];

/** What errors say that no command has foreseen. */
const unforeseen = /Cannot |is not |Invalid (time|date|array|string|count)|finite|call stack|This is a bug/;

const readable = /^\t*[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]*$/u;

test("whatever an answer is like, a command prints its result, or one line", async () => {
	const now = Date.now();
	const simulator = await startOrganization(reportedOrganization(now));
	const { organization } = simulator;
	organization.addCredential({ name: "CRM", type: "pureCloudOAuthClient", fields: { clientId: reportedIds.crm } });
	const server = await startMutatingServer(simulator.url);
	const directory = temporaryDirectory();
	const { port } = new URL(server.url);
	const variables = { ...variablesFor(simulator), GENESYSCLOUD_GATEWAY_PORT: port };
	const inDirectory = (arg: string) => (/^(report\.html|program)$/.test(arg) ? join(directory, arg) : arg);
	await holds(
		60,
		fc.asyncProperty(fc.constantFrom(...commands), fc.nat(14), mutation, async (command, answer, change) => {
			server.plan({ answer, of: (body) => mutate(body, change) });
			const { code, stdout, stderr } = await runInProcess(command.map(inDirectory), { variables });
			expect(code === 0 || code === 1 || code === 3).toBe(true);
			// A program reads JSON, a person all else.
			const shown = command.includes("--json") ? stderr : `${stdout}\n${stderr}`;
			for (const line of shown.split(/\r?\n/)) expect(line).toMatch(readable);
			expect(stderr).not.toMatch(unforeseen);
			expect([...server.secrets].filter((secret) => `${stdout}${stderr}`.includes(secret))).toEqual([]);
			expect(command.includes("--json") ? fieldsOf(JSON.parse(stdout)) : command).not.toEqual({});
		}),
	);
});
