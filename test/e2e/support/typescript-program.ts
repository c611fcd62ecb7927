import ts from "typescript";
import type { TestStack } from "./test-stack";

/**
 * Makes a TypeScript program the stack's, as the JavaScript that TypeScript makes of it: Pulumi would load the compiler for each run. The
 * unit tests check its types, and test/e2e/examples.test.ts has Pulumi compile one itself.
 */
export function writeTypeScript(stack: TestStack, program: string): void {
	const { outputText } = ts.transpileModule(program, {
		compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 },
	});
	stack.write(
		"Pulumi.yaml",
		stack
			.read("Pulumi.yaml")
			.replace(/^runtime: nodejs$/m, "runtime:\n  name: nodejs\n  options:\n    typescript: false"),
	);
	stack.write("index.js", outputText);
}
