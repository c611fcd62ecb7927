// Whether dist/ is what the sources say. It needs no package, since set-up asks before anything is installed.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

import { linkPackage } from "./link-package.mjs";
import { runStep } from "./step.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What a build reads: the sources, the tools, and what npm has installed. */
const sources = [
	"provider",
	"plugin",
	"policy",
	"simulator",
	"cli",
	"tools",
	"tsconfig.json",
	"tsconfig.build.json",
	"package.json",
	"node_modules/.package-lock.json",
];
/** What others than a build write in dist/. */
const notBuilt = ["dist/.stamp.json", "dist/.tsbuildinfo", "dist/plugin-assets", "dist/plugin/compile-cache"];

/**
 * Builds dist/ unless it is what a build made of these very sources, and makes the package's name lead to it. A test that starts what is shipped
 * calls it first.
 *
 * @throws {StepError} with what the compiler says
 */
export async function ensureBuilt() {
	linkPackage();
	if (inspectBuild().isCurrent) return;
	const args = [join(root, "tools", "build.mjs")];
	await runStep({ title: "Building (npm run build)", command: process.execPath, args, cwd: root, log: console.error });
}

/**
 * Compares the contents of all that a build reads and all that it writes with those after the last build. Dates tell less: a checkout of another
 * branch changes them, and a copy may not.
 *
 * @returns `isCurrent`: dist/ is what a build made of these very sources; `isUntouched`: it is as a build left it, of whatever sources;
 * `noteBuild`: to be called when a build of the sources that were there at the call of this has made what is in dist/ now
 */
export function inspectBuild(clone = root) {
	const stamp = join(clone, "dist", ".stamp.json");
	const read = hashOf(clone, sources);
	const built = hashOf(clone, ["dist"]);
	const last = readStamp(stamp);
	const isUntouched = last?.built === built;
	return {
		isCurrent: isUntouched && last.read === read,
		isUntouched,
		noteBuild: () => writeFileSync(stamp, JSON.stringify({ read, built: hashOf(clone, ["dist"]) })),
	};
}

function readStamp(file) {
	try {
		return JSON.parse(readFileSync(file, "utf8"));
	} catch {
		// There is none, or its writer was ended meanwhile: either way nothing is known of dist/.
		return undefined;
	}
}

/** A hash of the names and contents of some files and folders, without what others than a build write in dist/. */
export function hashOf(clone, paths) {
	const hash = createHash("sha256");
	for (const file of paths.flatMap((path) => filesIn(clone, path))) {
		if (notBuilt.some((path) => file === path || file.startsWith(`${path}/`))) continue;
		const content = readFileSync(join(clone, file));
		hash.update(`${file} ${content.length}\n`).update(content);
	}
	return hash.digest("hex");
}

/** The files of a folder, or the file itself, in an order that doesn't depend on the machine. */
function filesIn(clone, path) {
	const place = join(clone, path);
	const its = statSync(place, { throwIfNoEntry: false });
	if (!its?.isDirectory()) return its ? [path] : [];
	return readdirSync(place, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(clone, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
		.toSorted();
}
