// The Pulumi engine for this repository's demo and tests. Run by itself it prints what it did and where the engine is;
// it works on Node 20 and before anything is installed.
import { accessSync, constants, existsSync, realpathSync } from "node:fs";
import { delimiter, dirname, join, sep } from "node:path";
import { pathToFileURL } from "node:url";

import { buildEngine, builtEngine } from "./engine-build.mjs";
import { cacheDirectory, withLanguageHost } from "./engine-cache.mjs";
import { installedEngine, installEngine } from "./engine-installer.mjs";
import { executable, isNewEnough, OLDEST_ENGINE, readVersion } from "./engine-version.mjs";

class EngineNotFoundError extends Error {
	name = "EngineNotFoundError";
}

/**
 * Finds an engine, or makes one. In this order: a `pulumi` on PATH; one that an earlier run left in the cache; Pulumi's
 * own installer; a build with Go. `log` gets a line for whatever takes time or is passed over.
 *
 * @returns {Promise<{ pulumi: string, directory: string, version: string, how: "path" | "cache" | "installer" | "built" }>}
 * `directory` belongs first on PATH: the engine finds its language host there.
 */
export async function findEngine({ log = () => {} } = {}) {
	const tried = [];
	const ways = [
		{ name: "a pulumi on PATH", find: fromPath },
		{ name: "an engine kept from an earlier run", find: fromCache },
		{ name: "Pulumi's own installer", find: fromInstaller },
		{ name: "a build with Go", find: fromBuild },
	];
	for (const { name, find } of ways) {
		try {
			// oxlint-disable-next-line no-await-in-loop -- each way is tried only when the one before it came to nothing
			const engine = await find({ log });
			if (engine) return engine;
			tried.push(`${name}: none`);
		} catch (error) {
			const outcome = `${name}: ${error.message}`;
			tried.push(outcome);
			// The last one is told by the error below.
			if (find !== fromBuild) log(`Passed over ${outcome}.`);
		}
	}
	throw new EngineNotFoundError(
		`No Pulumi engine could be had. Tried ${tried.join("; ")}. ` +
			`What to do: install Pulumi ${OLDEST_ENGINE} or newer and put it on PATH, or install Go 1.26 or newer with a way to a Go module proxy, then run this again`,
	);
}

async function fromPath() {
	const directories = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
	const cache = cacheDirectory() + sep;
	// Those in the cache are found as such, so that their language host is kept up to date.
	const candidates = directories.filter(
		(directory) => !directory.startsWith(cache) && isExecutable(directory, executable),
	);
	const passedOver = [];
	for (const directory of new Set(candidates)) {
		const pulumi = join(directory, executable);
		// oxlint-disable-next-line no-await-in-loop -- the first good one ends the search
		const problem = await findProblem(pulumi, directories);
		if (!problem.found) return { pulumi, directory, version: problem.version, how: "path" };
		passedOver.push(`${pulumi} (${problem.found})`);
	}
	if (passedOver.length > 0) throw new Error(passedOver.join(", "));
	return undefined;
}

async function findProblem(pulumi, directories) {
	try {
		const version = await readVersion(pulumi);
		if (!isNewEnough(version)) return { found: `${version}, and ${OLDEST_ENGINE} or newer is needed` };
		const beside = dirname(realpathSync(pulumi));
		if ([beside, ...directories].some((directory) => isExecutable(directory, "pulumi-language-nodejs")))
			return { version };
		return { found: "without pulumi-language-nodejs, its host for Node programs" };
	} catch (error) {
		return { found: error.message };
	}
}

function isExecutable(directory, name) {
	const extensions = process.platform === "win32" ? ["", ".exe", ".cmd"] : [""];
	return extensions.some((extension) => {
		try {
			accessSync(join(directory, name + extension), constants.X_OK);
			return true;
		} catch {
			return false;
		}
	});
}

async function fromCache() {
	const installed = installedEngine();
	if (installed && existsSync(installed.pulumi)) return ready(installed, "cache");
	const built = builtEngine();
	return existsSync(built.pulumi) ? ready(withHost(built), "cache") : undefined;
}

async function fromInstaller({ log }) {
	return ready(await installEngine({ log }), "installer");
}

async function fromBuild({ log }) {
	const built = await buildEngine({ log });
	return ready(withHost(built), built.how);
}

/** A built engine as it starts its language host. */
function withHost(built) {
	const directory = withLanguageHost(built);
	return { directory, pulumi: join(directory, executable) };
}

async function ready({ pulumi, directory }, how) {
	return { pulumi, directory, version: await readVersion(pulumi), how };
}

const say = (line) => process.stderr.write(`${line}\n`);
const wordings = {
	path: "found on PATH",
	cache: "kept from an earlier run",
	installer: "downloaded by Pulumi's own installer",
	built: "built with Go",
};

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
	try {
		const { pulumi, version, how } = await findEngine({ log: say });
		say(`Pulumi ${version}, ${wordings[how]}:`);
		console.log(pulumi);
	} catch (error) {
		say(`${error.message}.`);
		process.exitCode = 1;
	}
}
