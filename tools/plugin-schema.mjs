// Writes plugin/schema.json, Pulumi's description of the plugin, from the types and JSDoc of provider/ and plugin/provider-settings.ts, so that it
// says what the dynamic provider's reference says, with the examples of plugin/examples. `--check` only says whether it would change. Either way
// it fails if programs for the last release, whose schema is plugin/released-schema.json, would break.
//
// The schema has no `default`s: SDKs would send them as if the program had set them, and a client that moves over from the dynamic provider
// would change. The descriptions name them.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { ensureBuilt } from "./built-package.mjs";
import { writeGenerated } from "./generated-file.mjs";
import { exampleUsage } from "./plugin-examples.mjs";
import { PluginTypes } from "./plugin-types.mjs";
import { incompatibleChanges, mayBreak } from "./schema-compatibility.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const name = "genesyscloud-oauth";

function packageSchema() {
	const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
	const repository = manifest.repository.url.replaceAll(/^git\+|\.git$/g, "");
	const types = new PluginTypes(name);
	const settings = types.properties("ProviderSettings");
	const withExample = ([member, schema]) => [
		`${name}:index:${member}`,
		{ ...schema, description: `${schema.description}\n\n${exampleUsage(member)}` },
	];
	return {
		name,
		displayName: "Genesys Cloud OAuth",
		version: manifest.version,
		description:
			"Genesys Cloud OAuth clients: creates, changes, replaces and removes them, and hands out their secrets as Pulumi secrets.",
		keywords: ["pulumi", "genesyscloud", "genesys-cloud", "oauth", "kind/native", "category/infrastructure"],
		homepage: manifest.homepage,
		repository,
		logoUrl: `${repository.replace("github.com", "raw.githubusercontent.com")}/main/docs/logo.png`,
		license: manifest.license,
		publisher: manifest.author,
		pluginDownloadURL: `github://api.${repository.replace("https://", "")}`,
		meta: { moduleFormat: "(.*)" },
		config: { variables: settings.properties },
		provider: {
			description:
				"The connection to an organization of Genesys Cloud. An explicit provider's settings come before the environment's.",
			inputProperties: settings.properties,
		},
		resources: Object.fromEntries(types.resources().map(withExample)),
		functions: Object.fromEntries(types.functions().map(withExample)),
		types: types.named,
		language: languagesOf(repository),
	};
}

/** What packages are called in each language: names that the owner of the repository can publish, and never Pulumi's own. */
function languagesOf(repository) {
	const [host, owner, project] = repository.replace("https://", "").split("/");
	const words = owner.toLowerCase().match(/[a-z0-9]+/g);
	const respectSchemaVersion = true;
	return {
		csharp: {
			respectSchemaVersion,
			rootNamespace: words.map((word) => word[0].toUpperCase() + word.slice(1)).join(""),
			namespaces: { [name]: "GenesysCloudOAuth" },
		},
		go: {
			respectSchemaVersion,
			generateResourceContainerTypes: true,
			importBasePath: [host, owner, project, "sdk/go/genesyscloudoauth"].join("/"),
		},
		java: { basePackage: `io.github.${words.join("")}` },
		nodejs: { respectSchemaVersion, packageName: `${project}-sdk` },
		python: { respectSchemaVersion, packageName: project.replaceAll("-", "_"), pyproject: { enabled: true } },
	};
}

/** Says what breaks programs for the last release, if this version must not. */
function compareWithRelease(schema) {
	const file = join(root, "plugin/released-schema.json");
	if (!existsSync(file)) return;
	const released = JSON.parse(readFileSync(file, "utf8"));
	if (mayBreak(released.version, schema.version)) return;
	const changes = incompatibleChanges(released, schema);
	if (changes.length === 0) return;
	console.error(
		`Programs for ${released.version} would break: ${changes.join("; ")}. What to do: keep what was, or set a version in package.json that may break`,
	);
	process.exitCode = 1;
}

await ensureBuilt();
const schema = packageSchema();
compareWithRelease(schema);
await writeGenerated("plugin/schema.json", schema);
