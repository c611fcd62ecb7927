import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { knownScopes } from "../../provider/scopes";

const directory = process.cwd();
const file = join(directory, "test/unit/program.ts");

/** What an editor offers where the mark | stands in a program. */
function completionsIn(marked: string): string[] {
	const { config } = ts.readConfigFile(join(directory, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
		config: object;
	};
	const { options } = ts.parseJsonConfigFileContent(config, ts.sys, directory);
	const service = ts.createLanguageService({
		fileExists: (path) => ts.sys.fileExists(path),
		readFile: (path) => ts.sys.readFile(path),
		directoryExists: (path) => ts.sys.directoryExists(path),
		getDirectories: (path) => ts.sys.getDirectories(path),
		getScriptFileNames: () => [file],
		getScriptVersion: () => "1",
		getScriptSnapshot: (path) => {
			const text = path === file ? marked.replace("|", "") : ts.sys.readFile(path);
			return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
		},
		getCompilationSettings: () => options,
		getCurrentDirectory: () => directory,
		getDefaultLibFileName: (its) => ts.getDefaultLibFilePath(its),
	});
	return service.getCompletionsAtPosition(file, marked.indexOf("|"), {})?.entries.map(({ name }) => name) ?? [];
}

test.each([
	'import { OAuthClient } from "../../provider";\nnew OAuthClient("a", { name: "a", authorizedGrantType: "CODE", scope: ["|"] });',
	'import { getOAuthScope } from "../../provider";\nvoid getOAuthScope({ id: "|" });',
	'import { getOAuthScopeOutput } from "../../provider";\ngetOAuthScopeOutput({ id: "|" });',
	'import type { OAuthClientRequest } from "../../provider/api";\nexport const a: OAuthClientRequest["scope"] = ["|"];',
])("an editor offers the known scopes: %s", (program) => {
	expect(completionsIn(program).toSorted()).toEqual(knownScopes);
});
