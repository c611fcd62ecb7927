// The examples of plugin/examples, in the form that Pulumi's registry and its generators of SDKs take: each SDK shows its language's.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const examples = join(dirname(dirname(fileURLToPath(import.meta.url))), "plugin/examples");

/** The languages, each with the file that has a resource's or function's program. */
const files = {
	typescript: "index.ts",
	python: "__main__.py",
	csharp: "Program.cs",
	go: "main.go",
	java: "App.java",
	yaml: "Pulumi.yaml",
};

/** The example of a resource or function, in each language. */
export function exampleUsage(member) {
	const programs = Object.entries(files).map(
		([language, file]) => `\`\`\`${language}\n${readFileSync(join(examples, member, file), "utf8").trim()}\n\`\`\``,
	);
	const example = ["{{% example %}}", "", programs.join("\n"), "", "{{% /example %}}"].join("\n");
	return ["{{% examples %}}", "## Example Usage", example, "{{% /examples %}}"].join("\n");
}
