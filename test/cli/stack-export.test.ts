import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readStackExports } from "../../cli/stack-export";
import { temporaryDirectory } from "./support/command";

const encrypted = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:xyz" };
const type = "pulumi-nodejs:dynamic/genesyscloud:OAuthClient";
const resource = (name: string, fields: Record<string, unknown>) => ({
	urn: `urn:pulumi:prod::identity::${type}::${name}`,
	type,
	custom: true,
	...fields,
});

function written(content: unknown): string {
	const file = join(temporaryDirectory(), "state.json");
	writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
	return file;
}

const exported = (...resources: unknown[]) => written({ version: 3, deployment: { manifest: {}, resources } });

test("ids and dates are read from an export whose secrets are encrypted", () => {
	const file = exported(
		{ urn: "urn:pulumi:prod::identity::pulumi:pulumi:Stack::identity-prod", type: "pulumi:pulumi:Stack" },
		resource("crm", {
			id: "c1",
			outputs: {
				clientId: "c1",
				clientSecret: encrypted,
				secretVersion: 2,
				secretRotatedAt: "2026-01-02T03:04:05.000Z",
			},
		}),
	);
	expect(readStackExports([file])).toEqual({
		files: [{ file, stack: "identity/prod", clients: 1 }],
		clients: [
			{
				clientId: "c1",
				project: "identity",
				stack: "prod",
				resource: "crm",
				secretRotatedAt: "2026-01-02T03:04:05.000Z",
			},
		],
		credentials: new Map(),
	});
});

test.each<[title: string, resource: unknown, clients: number]>([
	["a client that is only read isn't managed", resource("x", { id: "c1", external: true }), 0],
	["nor is one that waits to be deleted", resource("x", { id: "c1", delete: true }), 0],
	["nor is a component", { ...resource("x", { id: "c1" }), custom: false }, 0],
	["nor is another kind of resource", { ...resource("x", { id: "c1" }), type: "random:index/randomId:RandomId" }, 0],
	[
		"a client of another provider is",
		{ ...resource("x", { id: "c1" }), type: "genesyscloud:index/oauthClient:OauthClient" },
		1,
	],
	["one without an id isn't there yet", resource("x", {}), 0],
])("%s", (_, given, clients) => {
	expect(readStackExports([exported(given)]).clients).toHaveLength(clients);
});

const shown = (clientId: string, secretVersion: number, secretRotatedAt: string) => ({
	clientId,
	secretVersion,
	secretRotatedAt,
	state: "active",
});

test.each(["pulumi-nodejs:dynamic/genesyscloud:RotatingOAuthClient", "genesyscloud-oauth:index:RotatingOAuthClient"])(
	"both clients of a pair are managed, each with the date of its own secret: %s",
	(pairType) => {
		const pair = (name: string, clients: object) => ({
			...resource(name, {}),
			urn: `urn:pulumi:prod::identity::${pairType}::${name}`,
			type: pairType,
			id: "a1,b1",
			outputs: { clientId: "b1", clientSecret: encrypted, clientStates: encrypted, clients },
		});
		const file = exported(
			pair("crm", { a: shown("a1", 1, "2026-01-02T03:04:05.000Z"), b: shown("b1", 2, "2026-02-03T04:05:06.000Z") }),
			pair("lost", { b: shown("b2", 0, "2026-02-03T04:05:06.000Z") }),
		);
		const place = { project: "identity", stack: "prod" };
		expect(readStackExports([file])).toEqual({
			files: [{ file, stack: "identity/prod", clients: 3 }],
			clients: [
				{ clientId: "a1", ...place, resource: "crm", secretRotatedAt: "2026-01-02T03:04:05.000Z" },
				{ clientId: "b1", ...place, resource: "crm", secretRotatedAt: "2026-02-03T04:05:06.000Z" },
				{ clientId: "b2", ...place, resource: "lost" },
			],
			credentials: new Map(),
		});
	},
);

test.each([
	[
		"of a client whose secret the stack doesn't have",
		{ secretVersion: 0, secretRotatedAt: "2026-01-02T03:04:05.000Z" },
	],
	["that is encrypted", { secretVersion: 1, secretRotatedAt: encrypted }],
	["that is empty", { secretVersion: 1, secretRotatedAt: "" }],
])("a date %s doesn't count", (_, outputs) => {
	const [client] = readStackExports([exported(resource("x", { id: "c1", outputs }))]).clients;
	expect(client).toEqual({ clientId: "c1", project: "identity", stack: "prod", resource: "x" });
});

test("a stack without resources manages nothing", () => {
	const file = written({ version: 3, deployment: { manifest: {} } });
	expect(readStackExports([file])).toEqual({
		files: [{ file, stack: "", clients: 0 }],
		clients: [],
		credentials: new Map(),
	});
});

test("a file that starts with a byte order mark is read", () => {
	expect(readStackExports([written(`\uFEFF{"deployment":{"resources":[]}}`)]).clients).toEqual([]);
});

test.each([
	["that isn't there", () => join(temporaryDirectory(), "none.json"), /none\.json can't be read \(ENOENT\)/],
	["that isn't JSON", () => written('{"secret":"s3cret-value"'), /isn't JSON: write it with pulumi stack export/],
	[
		"of something else",
		() => written({ resources: [{ secret: "s3cret-value" }] }),
		/isn't a stack export \(deployment is missing or invalid\): write it with pulumi stack export --file /,
	],
])("a file %s is refused in one line that quotes nothing of it", (_, file, message) => {
	let refusal = "";
	try {
		readStackExports([file()]);
	} catch (error) {
		refusal = (error as Error).message;
	}
	expect(refusal).toMatch(message);
	expect(refusal).not.toMatch(/\n|s3cret/);
});
