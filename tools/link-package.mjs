import { mkdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const link = join(root, "node_modules", "pulumi-genesyscloud-oauth");

/**
 * Makes `pulumi-genesyscloud-oauth` resolvable from this repository's own examples and tests, as it is in a user's project.
 * npm can't do it: `npm ci` refuses a lockfile in which a package depends on itself.
 */
export function linkPackage() {
	// A link that is right stays as it is: a program running in another terminal may be reading through it.
	if (pointsAtRoot()) return;
	mkdirSync(dirname(link), { recursive: true });
	rmSync(link, { force: true, recursive: true });
	// A junction needs no special right on Windows; elsewhere the type is ignored.
	symlinkSync(process.platform === "win32" ? root : "..", link, "junction");
}

function pointsAtRoot() {
	try {
		return realpathSync(link) === realpathSync(root);
	} catch {
		return false;
	}
}
