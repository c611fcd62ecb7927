import { renderGo } from "./languages/go";
import { renderPython } from "./languages/python";
import { type ProgramFile, renderSingleFile, renderTypeScript } from "./languages/typescript";
import { renderYaml } from "./languages/yaml";
import type { Program } from "./program";

/** The languages of a program: `typescript` is for the npm package, the others are for the plugin. */
export const languages = ["typescript", "yaml", "python", "go"] as const;
/** A language of a program. */
export type Language = (typeof languages)[number];

/** The file that has the program, where it is one. */
const programFile = { yaml: "Pulumi.yaml", python: "__main__.py", go: "main.go" } as const;

/** The program as one file. */
export function renderOneFile(program: Program, language: Language, project: string): string {
	if (language === "yaml") return renderYaml(program, project);
	if (language === "python") return renderPython(program);
	return language === "go" ? renderGo(program) : renderSingleFile(program);
}

/** The program's files by path. */
export const renderProgram = (program: Program, language: Language, project: string): Map<string, ProgramFile> =>
	language === "typescript"
		? renderTypeScript(program)
		: new Map([
				[programFile[language], { text: renderOneFile(program, language, project), resources: program.resources }],
			]);
