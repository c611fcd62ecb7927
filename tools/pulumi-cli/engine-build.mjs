import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { withLock } from "../lock.mjs";
import { runStep } from "../step.mjs";
import { cacheDirectory } from "./engine-cache.mjs";
import { executable } from "./engine-version.mjs";

const run = promisify(execFile);
const sources = join(dirname(fileURLToPath(import.meta.url)), "engine");
const enginePackage = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const version = /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/.exec(readFileSync(join(sources, "go.mod"), "utf8"))[1];
const buildArguments = [
	"build",
	"-mod=readonly",
	"-trimpath",
	"-buildvcs=false",
	"-ldflags",
	`-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${version}`,
];

/** Where the engine built from tools/pulumi-cli/engine lies, or will lie; anything that changes the binary moves it. */
export function builtEngine() {
	const hash = createHash("sha256");
	for (const file of ["go.mod", "go.sum"]) hash.update(readFileSync(join(sources, file)));
	hash.update(JSON.stringify([...buildArguments, process.platform, process.arch]));
	const directory = join(cacheDirectory(), `engine-${version}-${hash.digest("hex").slice(0, 12)}`);
	return { version, directory, pulumi: join(directory, executable) };
}

/** Builds the engine with Go, unless another process has done so meanwhile. */
export async function buildEngine({ log }) {
	const target = builtEngine();
	const onWait = (pid) => log(`Waiting for process ${pid}, which is building the Pulumi engine ...`);
	return withLock(join(cacheDirectory(), "engine.lock"), { onWait }, async () => {
		if (existsSync(target.pulumi)) return { ...target, how: "cache" };
		// A build that was cut off leaves its directory behind; under the lock no other build is running.
		for (const name of readdirSync(cacheDirectory())) {
			if (name.startsWith("building-")) rmSync(join(cacheDirectory(), name), { recursive: true, force: true });
		}
		const draft = join(cacheDirectory(), `building-${process.pid}`);
		mkdirSync(draft, { recursive: true });
		try {
			await buildInto(draft, log);
			rmSync(target.directory, { recursive: true, force: true });
			renameSync(draft, target.directory);
		} finally {
			rmSync(draft, { recursive: true, force: true });
		}
		return { ...target, how: "built" };
	});
}

async function buildInto(directory, log) {
	// The engine must run on this machine, whatever else this shell is set up to build for.
	const { GOOS: _os, GOARCH: _architecture, ...inherited } = process.env;
	const env = { ...inherited, CGO_ENABLED: "0", GOWORK: "off" };
	const go = await readGoVersion(env);
	const logFile = join(cacheDirectory(), "engine-build.log");
	try {
		const output = await runStep({
			title: `Building the Pulumi engine ${version} with ${go}, once for all clones; this takes some minutes`,
			command: "go",
			args: [...buildArguments, "-o", join(directory, executable), enginePackage],
			cwd: sources,
			env,
			log,
		});
		writeFileSync(logFile, output);
	} catch (error) {
		writeFileSync(logFile, error.output ?? error.message);
		const lastLine = (error.output ?? "").trim().split("\n").at(-1);
		throw new Error(`${error.outcome ?? error.message}${lastLine && `: ${lastLine}`} (all of it: ${logFile})`, {
			cause: error,
		});
	}
}

/** Asked in the directory of go.mod, an older Go with leave to do so fetches the version that is needed. */
async function readGoVersion(env) {
	try {
		return (await run("go", ["env", "GOVERSION"], { cwd: sources, env })).stdout.trim();
	} catch (error) {
		if (error.code === "ENOENT") throw new Error("Go isn't installed", { cause: error });
		throw new Error((error.stderr || error.message).trim().split("\n")[0], { cause: error });
	}
}
