import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ensureProgram, postgresql } from "../../../tools/system-programs.mjs";

/** A PostgreSQL server that nobody else has. */
export interface Postgres {
	/** Its address as Pulumi's backend takes it, password included. */
	url: string;
	/** Its password, to search for. */
	password: string;
	/** Ends it and removes all it has kept. */
	stop(): Promise<void>;
}

/**
 * Starts a server with an empty cluster on a Unix socket: no port that another test could take meanwhile. Without PostgreSQL the test
 * fails with a sentence that says how to get it; it is never skipped.
 */
export async function startPostgres(): Promise<Postgres> {
	const programs = await findPrograms();
	const user = serverUser();
	const directory = mkdtempSync(join(tmpdir(), "oauth-postgres-"));
	const password = randomBytes(16).toString("hex");
	const passwordFile = join(directory, "password");
	writeFileSync(passwordFile, password, { mode: 0o600 });
	if (user !== undefined) for (const path of [directory, passwordFile]) chownSync(path, user.uid, user.gid);
	const data = join(directory, "data");
	const options = { ...user, cwd: directory, env: { ...process.env, LC_ALL: "C" } };
	execFileSync(
		join(programs, "initdb"),
		["-D", data, "-U", "pulumi", "--auth=scram-sha-256", `--pwfile=${passwordFile}`, "--no-sync", "--no-locale"],
		{ ...options, stdio: ["ignore", "ignore", "pipe"] },
	);
	const settings = ["listen_addresses=", `unix_socket_directories=${directory}`, "fsync=off"];
	const server = spawn(join(programs, "postgres"), ["-D", data, ...settings.flatMap((setting) => ["-c", setting])], {
		...options,
		stdio: ["ignore", "ignore", "pipe"],
	});
	await whenReady(server);
	return {
		url: `postgres://pulumi:${password}@/postgres?host=${encodeURIComponent(directory)}&sslmode=disable`,
		password,
		async stop() {
			const ended = new Promise((resolve) => {
				server.once("close", resolve);
			});
			server.kill("SIGQUIT");
			await ended;
			rmSync(directory, { recursive: true, force: true });
		},
	};
}

/** The directory of the server's programs: Debian keeps those of each version apart, and none on PATH. */
async function findPrograms(): Promise<string> {
	const initdb = await ensureProgram({ ...postgresql, log: (line) => process.stderr.write(`${line}\n`) });
	// What is on PATH may be a link beside which nothing else is.
	return dirname(realpathSync(initdb));
}

const idOf = (option: string) => Number(execFileSync("id", [option, "postgres"], { encoding: "utf8" }));

/** Whom the server runs as: it refuses to run as root. */
function serverUser(): { uid: number; gid: number } | undefined {
	if (process.getuid?.() !== 0) return undefined;
	return { uid: idOf("-u"), gid: idOf("-g") };
}

async function whenReady(server: ChildProcess): Promise<void> {
	let said = "";
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.once("close", (code) => {
			reject(new Error(`PostgreSQL ended with ${code}:\n${said}`));
		});
		server.stderr?.setEncoding("utf8").on("data", (text: string) => {
			said += text;
			if (said.includes("database system is ready to accept connections")) resolve();
		});
	});
}
