import { execFile } from "node:child_process";
import { dirname, delimiter } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Dynamic providers of the SDK we build on need an engine of this age. */
export const OLDEST_ENGINE = "3.200";

export const executable = process.platform === "win32" ? "pulumi.exe" : "pulumi";

/** What `pulumi version` answers, without the v; an error says in one line why there is no answer. */
export async function readVersion(pulumi) {
	const env = {
		...process.env,
		PULUMI_SKIP_UPDATE_CHECK: "1",
		PATH: [dirname(pulumi), process.env.PATH].join(delimiter),
	};
	let answer;
	try {
		answer = (await run(pulumi, ["version"], { env, timeout: 30_000 })).stdout.trim();
	} catch (error) {
		throw new Error(error.killed ? "it doesn't answer `pulumi version`" : error.message.split("\n")[0], {
			cause: error,
		});
	}
	const version = /^v?(\d+\.\d+\.\d+\S*)$/.exec(answer)?.[1];
	if (!version) throw new Error(`\`pulumi version\` answers "${answer.split("\n")[0]}"`);
	return version;
}

/** Another major version speaks another protocol, so newer means newer within 3. */
export function isNewEnough(version) {
	const [major, minor] = version.split(".").map(Number);
	const [oldestMajor, oldestMinor] = OLDEST_ENGINE.split(".").map(Number);
	return major === oldestMajor && minor >= oldestMinor;
}
