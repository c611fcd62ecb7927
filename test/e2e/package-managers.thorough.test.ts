import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";
import { npm, run } from "./support/npm";
import { repository, type TestStack } from "./support/test-stack";

const startStack = eachStack();

const lowest = (
	JSON.parse(readFileSync("package.json", "utf8")) as { peerDependencies: Record<string, string> }
).peerDependencies["@pulumi/pulumi"]!.slice(1);
const sdk = `^${(JSON.parse(readFileSync("package.json", "utf8")) as { devDependencies: Record<string, string> }).devDependencies["@pulumi/pulumi"]}`;
/** The package managers, as npm has them. */
const managers = { pnpm: "12.21.0", "@yarnpkg/cli-dist": "4.18.1", bun: "1.4.5" };

const quiet = ["--no-audit", "--no-fund", "--prefer-offline"];
const tools = mkdtempSync(join(tmpdir(), "oauth-managers-"));
let tarball = "";

beforeAll(async () => {
	const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", tools];
	const [{ filename }] = JSON.parse(await npm(repository, ...pack)) as [{ filename: string }];
	tarball = join(tools, filename);
	const wanted = Object.entries(managers).map(([name, version]) => `${name}@${version}`);
	await npm(tools, "install", "--prefix", tools, ...quiet, ...wanted);
});
afterAll(() => rmSync(tools, { recursive: true, force: true }));

const binary = (name: string) => join(tools, "node_modules", ".bin", name);

/** A stack whose project has no packages yet. */
async function bareStack(): Promise<TestStack> {
	const stack = await startStack();
	rmSync(join(stack.project, "node_modules"));
	// What this repository has must not be found from there.
	expect(stack.project.startsWith(repository)).toBe(false);
	return stack;
}

const packageJson = (dependencies: Record<string, string>, more: object = {}) =>
	JSON.stringify({ name: "infra", version: "1.0.0", private: true, main: "index.js", dependencies, ...more });
const both = () => ({ "pulumi-genesyscloud-oauth": `file:${tarball}`, "@pulumi/pulumi": sdk });

/** The life of a client, to its end: returns the clients that are left. */
async function walk(stack: TestStack): Promise<unknown[]> {
	stack.declare({ app: webApp() });
	await stack.run("up");
	await stack.run("up", "--refresh", "--expect-no-changes");
	stack.declare({ app: webApp({ description: "changed" }) });
	await stack.run("up");
	await stack.run("destroy");
	return stack.simulator.organization.clients();
}

async function install(stack: TestStack, command: string, args: string[], cwd = stack.project): Promise<void> {
	const registry = (await npm(cwd, "config", "get", "registry")).trim();
	const yarn = {
		YARN_ENABLE_TELEMETRY: "0",
		YARN_ENABLE_IMMUTABLE_INSTALLS: "0",
		YARN_NPM_REGISTRY_SERVER: registry,
		YARN_UNSAFE_HTTP_WHITELIST: new URL(registry).hostname,
	};
	await run(command, args, { cwd, env: { ...process.env, ...yarn, CI: "true" } });
}

/** Writes a component package that alone depends on this one, as the program's only dependency. */
function writeComponent(stack: TestStack, directory: string): void {
	const dependencies = { "pulumi-genesyscloud-oauth": `file:${tarball}` };
	const peerDependencies = { "@pulumi/pulumi": sdk };
	mkdirSync(directory, { recursive: true });
	const file = (name: string) => join(directory, name).slice(stack.project.length + 1);
	stack.write(
		file("package.json"),
		JSON.stringify({ name: "component", version: "1.0.0", main: "index.js", dependencies, peerDependencies }),
	);
	stack.write(
		file("index.js"),
		`exports.make = (name, args) => new (require("pulumi-genesyscloud-oauth").OAuthClient)(name, args);\n`,
	);
	stack.write(
		"index.js",
		`const { make } = require("component");
for (const [name, { args }] of Object.entries(require("./clients.json"))) make(name, args);
`,
	);
}

describe("a program works on the engine when its packages were installed by", () => {
	test("pnpm, in its default layout", async () => {
		const stack = await bareStack();
		stack.write("package.json", packageJson(both()));
		await install(stack, binary("pnpm"), ["install", "--ignore-scripts"]);
		expect(await walk(stack)).toEqual([]);
	});

	test("Yarn 4 with nodeLinker: node-modules", async () => {
		const stack = await bareStack();
		stack.write("package.json", packageJson(both()));
		stack.write(".yarnrc.yml", "nodeLinker: node-modules\nenableScripts: false\n");
		stack.write("yarn.lock", "");
		await install(stack, binary("yarn"), ["install"]);
		expect(await walk(stack)).toEqual([]);
	});

	test("Bun", async () => {
		const stack = await bareStack();
		stack.write("package.json", packageJson(both()));
		await install(stack, binary("bun"), ["install", "--ignore-scripts"]);
		expect(await walk(stack)).toEqual([]);
	});

	test.each(["hoisted", "nested"])("npm, in a workspace, %s", async (strategy) => {
		const stack = await bareStack();
		stack.write("package.json", packageJson(both()));
		const root = dirname(stack.project);
		const rootFile = JSON.stringify({ name: "root", private: true, workspaces: ["project"] });
		stack.write("../package.json", rootFile);
		await npm(root, "install", ...quiet, `--install-strategy=${strategy}`);
		expect(await walk(stack)).toEqual([]);
	});

	test("npm, with a second copy of Pulumi's SDK that a component package brought", async () => {
		const stack = await bareStack();
		writeComponent(stack, join(stack.project, "component"));
		stack.write("package.json", packageJson({ component: "file:component", ...both() }));
		await npm(stack.project, "install", ...quiet, "--install-links");
		const other = join(tools, "copy");
		mkdirSync(other);
		await npm(other, "install", "--prefix", other, ...quiet, `file:${tarball}`, `@pulumi/pulumi@${sdk}`);
		const copy = join(stack.project, "node_modules", "component", "node_modules");
		cpSync(join(other, "node_modules"), copy, { recursive: true });
		expect(existsSync(join(copy, "@pulumi", "pulumi", "package.json"))).toBe(true);
		expect(await walk(stack)).toEqual([]);
	});
});

test("pnpm with a component package that alone depends on this one: one line says what to install, before anything is made", async () => {
	const stack = await bareStack();
	writeComponent(stack, join(stack.project, "component"));
	stack.write("package.json", packageJson({ component: "file:component", "@pulumi/pulumi": sdk }));
	await install(stack, binary("pnpm"), ["install", "--ignore-scripts"]);
	stack.declare({ app: webApp() });
	const output = await stack.fails("up");
	expect(output).toContain("pulumi-genesyscloud-oauth must be a dependency of the program, too");
	expect(output).not.toMatch(/^\s+at /m);
	expect(stack.simulator.organization.clients()).toEqual([]);
	stack.write("package.json", packageJson({ component: "file:component", ...both() }));
	await install(stack, binary("pnpm"), ["install", "--ignore-scripts", "--no-frozen-lockfile"]);
	expect(await walk(stack)).toEqual([]);
});

test("the lowest SDK of the range, with TypeScript 5.9: drift is found and put right", async () => {
	const stack = await bareStack();
	stack.write("Pulumi.yaml", "name: test\nruntime: nodejs\n");
	stack.write(
		"package.json",
		packageJson({
			"pulumi-genesyscloud-oauth": `file:${tarball}`,
			"@pulumi/pulumi": lowest,
			typescript: "~5.9.3",
			"@types/node": "^22",
		}),
	);
	stack.write(
		"tsconfig.json",
		JSON.stringify({ compilerOptions: { strict: true, module: "commonjs", target: "es2022" } }),
	);
	rmSync(join(stack.project, "index.js"));
	stack.write(
		"index.ts",
		`import { OAuthClient } from "pulumi-genesyscloud-oauth";
const client = new OAuthClient("app", ${JSON.stringify(webApp({ description: "declared" }).args)});
export const id: import("@pulumi/pulumi").Output<string> = client.clientId;
`,
	);
	await npm(stack.project, "install", ...quiet);
	const compiler = join(stack.project, "node_modules", "typescript", "bin", "tsc");
	await run(process.execPath, [compiler, "--noEmit", "--project", "."], { cwd: stack.project });
	await stack.run("up");
	await stack.run("up", "--expect-no-changes");
	const [{ id } = { id: "" }] = stack.simulator.organization.clients();
	stack.simulator.organization.changeClient(id, { description: "by hand" });
	expect((await stack.run("refresh")).output).toContain("[diff: ~description]");
	expect((await stack.run("preview", "--diff")).output).toContain("~ description");
	await stack.run("up");
	await stack.run("destroy");
});

test("Yarn 4 with Plug'n'Play: Pulumi itself doesn't find its SDK", async () => {
	const stack = await bareStack();
	stack.write("package.json", packageJson(both()));
	stack.write(".yarnrc.yml", "nodeLinker: pnp\nenableScripts: false\n");
	stack.write("yarn.lock", "");
	await install(stack, binary("yarn"), ["install"]);
	stack.declare({ app: webApp() });
	expect(await stack.fails("up")).toMatch(/@pulumi\/pulumi/);
});
