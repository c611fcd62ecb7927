import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
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
 * Puts the language host and the starter of dynamic providers beside a built engine, where it looks for them. Done at
 * every find, so a change to them needs no new build; a file is replaced whole, since an engine may be reading it.
 */
export function copyLanguageHost(directory) {
	const sources = join(here, "language-host");
	mkdirSync(directory, { recursive: true });
	for (const name of readdirSync(sources)) {
		const content = readFileSync(join(sources, name));
		const target = join(directory, name);
		if (existsSync(target) && readFileSync(target).equals(content)) continue;
		const draft = `${target}.${process.pid}`;
		writeFileSync(draft, content);
		chmodSync(draft, 0o755);
		renameSync(draft, target);
	}
}
