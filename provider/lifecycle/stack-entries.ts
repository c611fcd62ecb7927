import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { fieldsOf, parseJson } from "../api/json";

/** How long Pulumi may take to export a state, in milliseconds. */
const timeout = 30_000;

/** The ids of the clients of a pair. */
const clientIdsIn = (clients: unknown): string[] =>
	Object.values(fieldsOf(clients)).flatMap((client) => {
		const { clientId } = fieldsOf(client);
		return typeof clientId === "string" ? [clientId] : [];
	});

/**
 * Reads which resources the state of a stack has, with `pulumi stack export`: Pulumi doesn't tell a provider whether a create replaces something.
 * Secrets stay encrypted.
 *
 * @param urn the URN of one of the stack's resources
 * @returns the URNs of the stack's resources by id, those of pairs also by the ids of their clients; empty if the state can't be read
 */
export async function readStackEntries(urn: string): Promise<ReadonlyMap<string, string>> {
	const [start = "", project = ""] = urn.split("::");
	const stack = start.split(":").at(-1) ?? "";
	try {
		const { stdout } = await promisify(execFile)("pulumi", ["stack", "export", "--stack", stack, "--non-interactive"], {
			timeout,
			maxBuffer: Number.POSITIVE_INFINITY,
			env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
		});
		const { resources } = fieldsOf(fieldsOf(parseJson(stdout))["deployment"]);
		const all = Array.isArray(resources) ? resources.map(fieldsOf) : [];
		const prefix = `urn:pulumi:${stack}::${project}::`;
		return new Map(
			all.flatMap(({ id, urn: one, outputs }) =>
				typeof id === "string" && typeof one === "string" && one.startsWith(prefix)
					? [id, ...clientIdsIn(fieldsOf(outputs)["clients"])].map((each): [string, string] => [each, one])
					: [],
			),
		);
	} catch {
		// Without Pulumi's command, or with another stack of this name, nothing is known.
		return new Map();
	}
}
