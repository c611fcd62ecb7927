// Programs that don't come from npm but that the tests need: a browser, a database. Looks for one and, where that needs no
// question (root on a Debian), installs it with apt-get. Must run before anything of ours is built.
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

import { runStep, StepError } from "./step.mjs";

const INSTALL_SECONDS = 900;

/** The browser in which the tests look at the report's page. Any of Chromium's kin will do. */
export const chromium = {
	names: [
		"chromium",
		"chromium-browser",
		"google-chrome",
		"google-chrome-stable",
		"Chromium",
		"Google Chrome",
		"chrome.exe",
		"msedge.exe",
	],
	places: [
		"/usr/lib/chromium",
		"/snap/bin",
		"/Applications/Chromium.app/Contents/MacOS",
		"/Applications/Google Chrome.app/Contents/MacOS",
		"C:/Program Files/Google/Chrome/Application",
		"C:/Program Files (x86)/Microsoft/Edge/Application",
	],
	debianPackage: "chromium",
	homebrew: "--cask chromium",
	why: "the test of the report's page",
};

/** The database server on which the tests keep a shared state. Debian keeps those of each version apart, and none on PATH. */
export const postgresql = {
	names: ["initdb"],
	places: [
		...[18, 17, 16, 15, 14, 13].map((version) => `/usr/lib/postgresql/${version}/bin`),
		"/opt/homebrew/bin",
		"/usr/local/bin",
	],
	debianPackage: "postgresql",
	why: "the test of the pipeline on a shared backend",
};

/** The first of `names` (file names, or absolute paths) that can be run: on PATH, else in one of `places`. */
export function findProgram(names, places = []) {
	const directories = [...(process.env.PATH ?? "").split(delimiter).filter(Boolean), ...places];
	const candidates = names.flatMap((name) =>
		isAbsolute(name) ? [name] : directories.map((directory) => join(directory, name)),
	);
	return candidates.find(isProgram);
}

function isProgram(path) {
	try {
		accessSync(path, constants.X_OK);
		return statSync(path).isFile();
	} catch {
		return false;
	}
}

/**
 * The path of a program, which is installed first when it is missing and this may install it.
 *
 * @param {object} program
 * @param {string[]} program.names Its usual file names, or absolute paths.
 * @param {string[]} [program.places] Directories beside those on PATH.
 * @param {string} program.debianPackage What `apt-get install` calls it.
 * @param {string} [program.homebrew] What follows `brew install`, when it isn't the Debian name.
 * @param {string} program.why What needs it, as in "the test of the HTML report".
 * @param {(line: string) => void} program.log Gets a line when an installation starts and when it is done.
 * @returns {Promise<string>}
 * @throws An error of one line that says how to install it.
 */
export async function ensureProgram({ names, places = [], debianPackage, homebrew = debianPackage, why, log }) {
	const found = findProgram(names, places);
	if (found) return found;
	const missing = `${names.join(", ")} can't be found, and ${why} needs it`;
	const remedy = `Install it (Debian, Ubuntu: apt-get install ${debianPackage}; macOS: brew install ${homebrew}), then run the same command again`;
	if (!mayInstall()) throw new Error(`${missing}. ${remedy}`);
	try {
		await install(debianPackage, log);
	} catch (error) {
		if (!(error instanceof StepError)) throw error;
		throw new Error(`${missing}. ${error.message}${lastLine(error.output)}. ${remedy}`, { cause: error });
	}
	const installed = findProgram(names, places);
	if (!installed) throw new Error(`${missing}, not even after the installation of ${debianPackage}. ${remedy}`);
	return installed;
}

/** Without root it would take a password; apt-get on another system than Debian's kin is something else. */
function mayInstall() {
	return process.getuid?.() === 0 && existsSync("/etc/debian_version") && findProgram(["apt-get"]) !== undefined;
}

async function install(debianPackage, log) {
	const aptGet = (title, ...args) =>
		runStep({
			title,
			command: "apt-get",
			// Two helpers of one machine may install at once: the second waits for the first one's lock.
			args: ["-o", "DPkg::Lock::Timeout=300", ...args],
			env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
			timeoutSeconds: INSTALL_SECONDS,
			log,
		});
	const installPackage = () =>
		aptGet(
			`Installing ${debianPackage} (apt-get install)`,
			"install",
			"--yes",
			"--no-install-recommends",
			debianPackage,
		);
	try {
		await installPackage();
	} catch (error) {
		if (!(error instanceof StepError)) throw error;
		// A fresh container has no list of packages yet, an old one a list of versions that are gone.
		await aptGet("Fetching the list of packages (apt-get update)", "update");
		await installPackage();
	}
}

/** What apt-get gave as its reason: the rest of its output is progress. */
function lastLine(output) {
	const lines = output.split("\n").filter((line) => line.trim());
	const reason = lines.findLast((line) => line.startsWith("E:")) ?? lines.at(-1);
	return reason ? `: ${reason.trim()}` : "";
}
