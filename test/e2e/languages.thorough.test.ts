import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { DIVISION_IDS, ROLE_IDS, type Simulator, startSimulator } from "../../simulator";
import type { GeneratedSdks } from "../../tools/pulumi-cli/generated-sdks.mjs";
import { addByHand } from "./support/clients";
import { eachStack } from "./support/each-stack";
import {
	addSdk,
	copyDocumentedPrograms,
	problemOf,
	type Language,
	languages,
	prepareLanguages,
} from "./support/languages";
import { authorizedId, busyId, seed } from "./support/lookup-stacks";
import type { TestStack } from "./support/test-stack";

const startStack = eachStack();
let sdks: GeneratedSdks;
beforeAll(async () => {
	sdks = await prepareLanguages();
});

/** What a run wrote: a query of usage is a POST that reads. */
const writes = (calls: string[]) =>
	calls.filter((call) => call.includes(" /api/") && !/^GET |\/usage\/query$/.test(call)).toSorted();
const writesOf = ({ requests }: Simulator, before: number) =>
	writes(
		requests
			.all()
			.slice(before)
			.map(({ method, template, path }) => `${method} ${template ?? path}`),
	);
const client = "/api/v2/oauth/clients/{clientId}";
const credential = "/api/v2/integrations/credentials/{credentialId}";
const seeded = ["CRM sync", "Old dialer"];
const names = ({ organization }: Simulator) =>
	organization
		.clients()
		.map(({ name }) => name)
		.toSorted();

/** What all programs find in the organization. */
const found = {
	role: ROLE_IDS.employee,
	division: DIVISION_IDS.support,
	roles: ["SCIM Integration"],
	divisions: 2,
	busy: busyId,
	old: ["Old dialer"],
	requests: 42,
	authorization: "Wall Board",
	authorizations: 4,
	scope: "Read and change users and their profiles.",
	scopes: 135,
};

interface Outputs {
	service: { id: string; version: number };
	serviceSecret: string;
	there: string;
	current: string;
	currentSecret: string;
	previous: string;
	previousSecret: string;
	credential: string;
	home: string;
	found: object;
}

/** A stack with a program that uses everything, and its second organization. */
async function startProgram(language: Language) {
	const stack = await startStack({ project: language.program, seed });
	const other = await startSimulator();
	onTestFinished(async () => other.close());
	const { administrator, url } = other;
	stack.leaks.noteText(administrator.clientSecret);
	await addSdk(stack, language, sdks);
	for (const command of language.build) expect(await problemOf(stack, command)).toBeNull();
	const settings = { text: "one", rotation: "1", authorized: authorizedId };
	const there = { otherPort: new URL(url).port, otherId: administrator.clientId };
	await stack.pulumi(
		"config",
		"set-all",
		"--secret",
		`otherSecret=${administrator.clientSecret}`,
		...Object.entries({ ...settings, ...there }).flatMap(([name, value]) => ["--plaintext", `${name}=${value}`]),
	);
	return { stack, other };
}

function configure(stack: TestStack, name: string, value: string): void {
	const settings = stack.read("Pulumi.test.yaml");
	stack.write("Pulumi.test.yaml", settings.replace(new RegExp(`(languages:${name}:).*`), `$1 "${value}"`));
}

describe.each(Object.entries(languages))("in %s", (_name, language) => {
	test("the quickstart, the program that uses everything and the documented programs pass the checker of types", async () => {
		for (const project of [language.program, language.example]) {
			const stack = await startStack({ project });
			await addSdk(stack, language, sdks);
			if (project === language.program) copyDocumentedPrograms(stack, language);
			expect(await problemOf(stack, language.check(sdks))).toBeNull();
		}
	});

	test("the quickstart makes its two clients, once, with a secret that works", async () => {
		const stack = await startStack({ project: language.example });
		await addSdk(stack, language, sdks);
		await stack.pulumi("config", "set", "serviceRole", "employee");
		await stack.run("up");
		expect(names(stack.simulator)).toEqual(["Agent dashboard", "CRM sync"]);
		const outputs = (await stack.outputs()) as unknown as Record<string, string>;
		expect(await stack.canLogIn(outputs["serviceClientId"] ?? "", outputs["serviceClientSecret"] ?? "")).toBe(true);
		const { calls, output } = await stack.run("up");
		expect(output).toContain("3 unchanged");
		expect(writes(calls)).toEqual([]);
		await stack.run("destroy");
		expect(names(stack.simulator)).toEqual([]);
	});

	test("a program that uses every resource and function goes through a whole life, and writes only what changes", async () => {
		const { stack, other } = await startProgram(language);
		const outputs = async () => (await stack.outputs()) as unknown as Outputs;
		const step = async (command: "up" | "refresh" | "destroy" | "preview", ...args: string[]) => {
			const before = other.requests.count();
			const { calls, output } = await stack.run(command, ...args);
			return { here: writes(calls), there: writesOf(other, before), output };
		};

		const created = await step("up");
		const post = "POST /api/v2/oauth/clients";
		expect(created.here).toEqual(["POST /api/v2/integrations/credentials", post, post, post]);
		expect(created.there).toEqual([post]);
		const first = await outputs();
		expect(first.found).toEqual(found);
		expect(first.home).toBe(DIVISION_IDS.home);
		expect(await stack.canLogIn(first.service.id, first.serviceSecret)).toBe(true);
		expect(await stack.canLogIn(first.current, first.currentSecret)).toBe(true);
		expect(other.organization.clients().map(({ id }) => id)).toEqual([first.there]);

		expect(await step("up")).toMatchObject({ here: [], there: [], output: expect.stringContaining("6 unchanged") });

		configure(stack, "text", "two");
		expect(await step("up")).toMatchObject({
			here: [`PUT ${credential}`, `PUT ${client}`, `PUT ${client}`, `PUT ${client}`],
			there: [`PUT ${client}`],
		});
		expect(other.organization.clients()[0]?.description).toBe("two");

		configure(stack, "text", "three");
		const preview = await step("preview", "--diff");
		expect(preview).toMatchObject({ here: [], there: [] });
		const changes = preview.output.split("\n").filter((line) => /^ +[~+-] \w+ *: /.test(line));
		expect(changes.map((line) => line.trim().replace(/ *: .*/, "")).toSorted()).toEqual([
			"~ description",
			"~ description",
			"~ description",
			"~ name",
		]);
		configure(stack, "text", "two");

		configure(stack, "rotation", "2");
		expect(await step("up")).toMatchObject({
			here: [`POST ${client}/secret`, `POST ${client}/secret`, `PUT ${credential}`],
			there: [],
		});
		const second = await outputs();
		expect(second.service).toEqual({ id: first.service.id, version: first.service.version + 1 });
		expect(await stack.canLogIn(second.service.id, second.serviceSecret)).toBe(true);
		expect(second).toMatchObject({
			current: first.previous,
			previous: first.current,
			previousSecret: first.currentSecret,
		});
		expect(await stack.canLogIn(second.current, second.currentSecret)).toBe(true);
		const fields = { clientId: second.current, clientSecret: second.currentSecret };
		expect(stack.simulator.organization.checkCredential(second.credential, fields)).toBe(true);

		expect(await step("refresh")).toMatchObject({
			here: [],
			there: [],
			output: expect.stringContaining("6 unchanged"),
		});

		const byHand = addByHand(stack, { name: "By hand" }).client;
		const before = stack.simulator.requests.count();
		const resource = ["genesyscloud-oauth:index:OAuthClient", "byHand", byHand.id];
		const file = language.beside("imported");
		mkdirSync(dirname(join(stack.project, file)), { recursive: true });
		const imported = await stack.pulumi("import", ...resource, "--yes", "--protect=false", "--out", file);
		expect(imported).toMatchObject({ code: 0 });
		expect(writes(stack.callsSince(before))).toEqual([]);
		expect(stack.read(file)).toContain("By hand");
		expect(await problemOf(stack, language.check(sdks))).toBeNull();

		await step("destroy");
		expect(names(stack.simulator)).toEqual(seeded);
		expect(names(other)).toEqual([]);
	});
});
