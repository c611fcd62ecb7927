import { noProxyVariables } from "../../api/support/proxy";
import type { TestStack } from "./test-stack";

/** A proxy that answers nobody, in these variables and with these exceptions: all that the test does is on this machine. */
export function setDeadProxy(
	{ environment }: TestStack,
	names: string[],
	exceptions: Record<string, string> = {},
): void {
	for (const name of ["NO_PROXY", "no_proxy"]) delete environment[name];
	const variables = Object.fromEntries(names.map((name) => [name, "http://127.0.0.1:9"]));
	Object.assign(environment, noProxyVariables, variables, exceptions);
}
