// Writes dist/plugin/: the plugin as one file that needs Node only, and starters for it under the name that Pulumi looks for.
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { rolldown } from "rolldown";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, "dist", "plugin");
const name = "pulumi-resource-genesyscloud-oauth";

const bundle = await rolldown({
	input: join(root, "plugin", "main.ts"),
	platform: "node",
	tsconfig: join(root, "tsconfig.json"),
});
await bundle.write({
	file: join(folder, `${name}.cjs`),
	format: "cjs",
	codeSplitting: false,
	minify: "dce-only",
	banner: "#!/usr/bin/env node",
});
await bundle.close();
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, name), `#!/bin/sh\nexec node "$(dirname "$0")/${name}.cjs" "$@"\n`);
writeFileSync(join(folder, `${name}.cmd`), `@node "%~dp0${name}.cjs" %*\r\n`);
for (const file of [name, `${name}.cjs`]) chmodSync(join(folder, file), 0o755);
