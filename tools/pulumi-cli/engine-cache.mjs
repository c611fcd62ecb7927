import { createHash } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

/**
 * Where engines are kept, outside every work tree so that clones share them: PULUMI_GENESYSCLOUD_OAUTH_CACHE when set,
 * else a directory of ours in the usual place for caches of the system.
 */
export function cacheDirectory() {
	const { PULUMI_GENESYSCLOUD_OAUTH_CACHE: own, XDG_CACHE_HOME: xdg, LOCALAPPDATA: windows } = process.env;
	if (own) return own;
	return join(xdg || (process.platform === "win32" && windows) || usualCache(), "pulumi-genesyscloud-oauth");
}

function usualCache() {
	return process.platform === "darwin" ? join(homedir(), "Library", "Caches") : join(homedir(), ".cache");
}

/**
 * An engine beside the language host and the starter of dynamic providers, where it looks for them. Each content of these has a
 * directory of its own, with a link to the engine: clones of different commits share a cache, and a running engine reads them.
 *
 * @returns {string} the directory
 */
export function withLanguageHost({ directory, pulumi }, sources = join(here, "language-host")) {
	const files = readdirSync(sources).map((name) => ({ name, content: readFileSync(join(sources, name)) }));
	const hash = createHash("sha256");
	for (const { name, content } of files) hash.update(`${name} ${content.length}\n`).update(content);
	const complete = join(directory, `host-${hash.digest("hex").slice(0, 12)}`);
	if (existsSync(complete)) return complete;
	const draft = `${complete}.${process.pid}`;
	mkdirSync(draft);
	for (const { name, content } of files) writeFileSync(join(draft, name), content, { mode: 0o755 });
	linkSync(pulumi, join(draft, basename(pulumi)));
	try {
		renameSync(draft, complete);
	} catch (error) {
		rmSync(draft, { recursive: true });
		// Another process was faster.
		if (!existsSync(complete)) throw error;
	}
	return complete;
}
