// oxlint-disable-next-line import/no-unassigned-import -- builds what is started here
import "../built-package.mjs";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

/** Awaits a promise after it has failed, in a process that hears of failures as Pulumi's does, and returns what Node says of that. */
async function warningsOf(promise: string): Promise<string> {
	const program = `
		const { getAuthorizationRole } = require("pulumi-genesyscloud-oauth");
		process.once("unhandledRejection", () => setImmediate(() => failing.catch(() => console.log("awaited"))));
		const failing = ${promise};`;
	const { stdout, stderr } = await promisify(execFile)(process.execPath, ["--eval", program]);
	expect(stdout).toBe("awaited\n");
	return stderr;
}

test("a lookup that is awaited after it has failed shows no warning of Node beside its error", async () => {
	expect(await warningsOf("getAuthorizationRole({})")).toBe("");
	expect(await warningsOf("getAuthorizationRole({}).then(({ id }) => id)")).toBe("");
});

test("of another promise that is awaited too late Node warns as before", async () => {
	expect(await warningsOf('Promise.reject(new Error("of the program"))')).toContain("PromiseRejectionHandledWarning");
});
