#!/usr/bin/env node
// The libraries are ES modules, which an older Node can't load from here: it would fail with a stack trace instead of a sentence.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major > 22 || (major === 22 && minor >= 12)) {
	void import("./program.js").then(async ({ runProgram }) => runProgram(process.argv));
} else {
	process.stderr.write(`genesyscloud-oauth: needs Node.js 22.12 or newer; this is ${process.versions.node}\n`);
	process.exitCode = 1;
}
