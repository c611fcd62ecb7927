import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { knownScopes } from "../../provider/api/scopes";

const directory = process.cwd();
/** Programs; the mark | is where the editor is asked. */
const programs = [
	'import { OAuthClient } from "../../provider";\nnew OAuthClient("a", { name: "a", authorizedGrantType: "CODE", scope: ["|"] });',
	'import { getOAuthScope } from "../../provider";\nvoid getOAuthScope({ id: "|" });',
	'import { getOAuthScopeOutput } from "../../provider";\ngetOAuthScopeOutput({ id: "|" });',
	'import type { OAuthClientRequest } from "../../provider/api";\nexport const a: OAuthClientRequest["scope"] = ["|"];',
];

const fileOf = (program: string) => join(directory, "test/check", `program-${programs.indexOf(program)}.ts`);
const texts = new Map(programs.map((program) => [fileOf(program), program.replace("|", "")]));

/** What an editor works with. */
function startService(): ts.LanguageService {
	const { config } = ts.readConfigFile(join(directory, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
		config: object;
	};
	const { options } = ts.parseJsonConfigFileContent(config, ts.sys, directory);
	return ts.createLanguageService({
		fileExists: (path) => ts.sys.fileExists(path),
		readFile: (path) => ts.sys.readFile(path),
		directoryExists: (path) => ts.sys.directoryExists(path),
		getDirectories: (path) => ts.sys.getDirectories(path),
		getScriptFileNames: () => [...texts.keys()],
		getScriptVersion: () => "1",
		getScriptSnapshot: (path) => {
			const text = texts.get(path) ?? ts.sys.readFile(path);
			return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
		},
		getCompilationSettings: () => options,
		getCurrentDirectory: () => directory,
		getDefaultLibFileName: (its) => ts.getDefaultLibFilePath(its),
	});
}

const service = startService();

test.each(programs)("an editor offers the known scopes: %s", (program) => {
	const offered = service.getCompletionsAtPosition(fileOf(program), program.indexOf("|"), {})?.entries ?? [];
	expect(offered.map(({ name }) => name).toSorted()).toEqual(knownScopes);
});
