import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { PassThrough } from "node:stream";
import { WriteStream } from "node:tty";
import { expect, test, vi } from "vitest";
import { exitCodes, printFailure, toFailureJson } from "../../cli/failure";
import { printTable, styled } from "../../cli/output";
import { buildProgram } from "../../cli/program";
import { ApiError } from "../../provider/api/errors";
import { oneLine } from "../../provider/api/one-line";
import { version } from "../../provider/api/version";
import {
	commandFile,
	environmentOf,
	runCommand,
	startOrganization,
	temporaryDirectory,
	variablesFor,
} from "./support/command";
import { runInProcess } from "./support/in-process";

const commands = buildProgram().commands.filter((command) => !command.name().startsWith("complet"));

test("--version is the package's", async () => {
	for (const flag of ["--version", "-v"]) {
		expect(await runCommand([flag])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
	}
});

test("--help lists the commands and explains the exit codes, and so does the help of each command", async () => {
	const { code, stdout } = await runCommand(["--help"]);
	expect(code).toBe(0);
	expect(stdout).toContain(JSON.parse(readFileSync("package.json", "utf8")).homepage.replace("#readme", ""));
	expect(commands.map((command) => command.name())).toEqual([
		"doctor",
		"export",
		"set-secrets",
		"report",
		"simulator",
		"contract",
	]);
	for (const command of commands) {
		expect(stdout).toContain(command.name());
		const help = await runInProcess([command.name(), "--help"]);
		expect(help.code).toBe(0);
		expect(help.stdout).toContain(command.description().slice(0, 30));
		for (const exitCode of Object.values(exitCodes))
			expect(help.stdout).toMatch(new RegExp(`^  ${exitCode}  \\w`, "m"));
		expect(help.stdout.split("\n").filter((line) => line.length > 140)).toEqual([]);
	}
});

test.each([
	[[], "no command was given"],
	[["nonsense"], "unknown command 'nonsense'"],
	[["doctor", "--nonsense"], "unknown option '--nonsense'"],
	[["doctor", "extra"], "too many arguments"],
	[["export", "--output"], "argument missing"],
])("%j is wrong usage", async (args, message) => {
	const { code, stdout, stderr } = await runCommand(args);
	expect(code).toBe(2);
	expect(stdout).toBe("");
	expect(stderr).toContain(message);
});

test.each(["bash", "zsh", "fish", "powershell"])(
	"completion %s prints a script that asks this command",
	async (shell) => {
		const { code, stdout } = await runCommand(["completion", shell]);
		expect(code).toBe(0);
		expect(stdout).toMatch(/genesyscloud-oauth complete '?--/);
	},
);

test.each([
	[["do"], ["doctor"]],
	[
		["doctor", "--for", "c"],
		["clients", "credentials"],
	],
	[
		["simulator", "--env", ""],
		["posix", "powershell"],
	],
])("what follows %j is completed", async (typed, completions) => {
	const { stdout } = await runCommand(["complete", "--", ...typed]);
	const offered = stdout.split("\n").filter((line) => line.includes("\t"));
	expect(offered.map((line) => line.split("\t")[0])).toEqual(completions);
});

test("a misspelt command is answered with the right one", async () => {
	expect((await runInProcess(["docter"])).stderr).toContain("Did you mean doctor?");
});

test("with --json wrong usage is JSON too", async () => {
	const { code, stdout, stderr } = await runInProcess(["export", "--nonsense", "--json"]);
	expect(code).toBe(2);
	expect(JSON.parse(stdout)).toEqual({ error: { name: "UsageError", message: "unknown option '--nonsense'" } });
	expect(stderr).toBe("genesyscloud-oauth: unknown option '--nonsense'\n");
});

test("a failure of the API is one line, and JSON with the vendor's code and correlation id", async () => {
	const simulator = await startOrganization();
	simulator.faults.add({ kind: "status", method: "GET", path: "/api/v2/oauth/clients", status: 403 });
	const { code, stdout, stderr } = await runCommand(["export", "--json", "--quiet"], {
		variables: variablesFor(simulator),
		directory: temporaryDirectory(),
	});
	expect(code).toBe(1);
	expect(stderr.trimEnd().split("\n")).toHaveLength(1);
	expect(JSON.parse(stdout)).toEqual({
		error: {
			name: "PermissionError",
			message: expect.stringContaining("get_oauth_clients failed: 403"),
			status: 403,
			code: expect.any(String),
			correlationId: expect.any(String),
		},
	});
});

test("what others put into an error is one line without a credential", () => {
	const secret = "s".repeat(43);
	expect(toFailureJson(new Error(`first\nsecond ${secret} \u001B[31m`))).toEqual({
		name: "Error",
		message: "first second [secret] [31m",
	});
	expect(toFailureJson("text")).toEqual({ name: "Error", message: "text" });
	expect(toFailureJson(new ApiError({ operation: "x", status: 500, code: "y", correlationId: "z" }))).toMatchObject({
		status: 500,
		code: "y",
		correlationId: "z",
	});
	const streams = { stdout: new PassThrough(), stderr: new PassThrough() };
	printFailure(new Error("no"), {}, streams);
	expect(streams.stdout.read()).toBeNull();
	expect(String(streams.stderr.read())).toBe("genesyscloud-oauth: no\n");
});

test("an older Node is told so in one line", async () => {
	const pretend = `Object.defineProperty(process.versions, "node", { value: "20.20.2" }); require(${JSON.stringify(commandFile)});`;
	const child = spawn(process.execPath, ["-e", pretend], { env: environmentOf(), stdio: ["ignore", "pipe", "pipe"] });
	let stderr = "";
	child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
	await once(child, "close");
	expect(child.exitCode).toBe(1);
	expect(stderr).toBe("genesyscloud-oauth: needs Node.js 22.12 or newer; this is 20.20.2\n");
});

test("a reader who goes away early is no failure", async () => {
	const child = spawn(process.execPath, [commandFile, "report", "--help"], {
		env: environmentOf(),
		stdio: ["ignore", "pipe", "pipe"],
	});
	child.stdout.destroy();
	let stderr = "";
	child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
	await once(child, "close");
	expect(child.exitCode).toBe(0);
	expect(stderr).toBe("");
});

test("styles are for terminals, and not when NO_COLOR is set", () => {
	const terminal = Object.assign(new PassThrough(), {
		isTTY: true,
		getColorDepth: () => WriteStream.prototype.getColorDepth(process.env),
	});
	vi.stubEnv("TERM", "xterm-256color");
	// A build server's log is no terminal, whatever the stream says.
	for (const name of ["NO_COLOR", "FORCE_COLOR", "NODE_DISABLE_COLORS", "CI", "TEAMCITY_VERSION"]) {
		vi.stubEnv(name, undefined);
	}
	try {
		expect(styled("red", "problem", terminal)).toBe("\u001B[31mproblem\u001B[39m");
		expect(styled("red", "problem", new PassThrough())).toBe("problem");
		vi.stubEnv("NO_COLOR", "1");
		expect(styled("red", "problem", terminal)).toBe("problem");
	} finally {
		vi.unstubAllEnvs();
	}
});

test("a table is aligned, wraps what is too wide, and ends its lines with text", () => {
	const stream = new PassThrough();
	printTable(
		{
			head: ["id", "why"],
			rows: [
				["1", "a b c d"],
				["日本", oneLine("x\n\u001By")],
			],
			widths: [undefined, 3],
		},
		stream,
	);
	expect(String(stream.read())).toBe("id    why\n1     a b\n      c d\n日本  x y\n");
});

// The library for tables that the command once used took the square of the rows: minutes for this table.
test("a long table is printed at once, with the same columns from its first row to its last", () => {
	const stream = new PassThrough({ highWaterMark: 100_000_000 });
	const columns = Array.from({ length: 6 }, (_, index) => `column ${index}`);
	const rows = Array.from({ length: 50_000 }, (_, index) => columns.map(() => String(index)));
	printTable({ head: columns, rows }, stream);
	const lines = String(stream.read()).split("\n").slice(0, -1);
	expect(lines).toHaveLength(50_001);
	expect(lines[1]).toBe(
		columns
			.map(() => "0".padEnd(8))
			.join("  ")
			.trimEnd(),
	);
	expect(lines.at(-1)).toBe(
		columns
			.map(() => "49999".padEnd(8))
			.join("  ")
			.trimEnd(),
	);
});

test("a word wider than its column is cut, and a line break in a cell stays", () => {
	const stream = new PassThrough();
	printTable({ head: ["name", "why"], rows: [["日本語のクライアント", "a\nb"]], widths: [8, 3] }, stream);
	expect(String(stream.read())).toBe("name      why\n日本語…   a\n          b\n");
});

/** The rows of the tables of flags in a section of docs/command.md. */
function documentedFlags(command: string): string[] {
	const [, section = ""] =
		new RegExp(`\n## ${command}\n([^]*?)(\n## |$)`).exec(readFileSync("docs/command.md", "utf8")) ?? [];
	return [...section.matchAll(/^\| `(-[^`]+)`/gm)].map(([, flags = ""]) => flags);
}

test.each(commands.map((command) => [command.name(), command] as const))(
	"docs/command.md has every flag of %s, and no other",
	(name, command) => {
		const shared = documentedFlags("Flags of every command").concat(documentedFlags("Connection"));
		const own = command.options.map(({ flags }) => flags);
		const documented = documentedFlags(name);
		expect(own.filter((flags) => !documented.includes(flags) && !shared.includes(flags))).toEqual([]);
		expect(documented.filter((flags) => !own.includes(flags))).toEqual([]);
		const asks = name !== "simulator" && name !== "set-secrets";
		expect(shared.filter((flags) => asks && !own.includes(flags))).toEqual([]);
	},
);
