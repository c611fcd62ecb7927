import { addByHand, service } from "./clients";
import type { eachStack } from "./each-stack";
import { idsIn, urnOf, works } from "./seam-stacks";
import type { Declared, TestStack } from "./test-stack";
import { outputsOfApp, yamlService } from "./yaml-clients";

type StartStack = ReturnType<typeof eachStack>;

/** How a test's program is written. */
export interface Language {
	name: "YAML" | "JavaScript";
	/** Makes the program declare these services. */
	declare: (stack: TestStack, services: Record<string, Declared>) => void;
	/** The option that orders a resource after another; JavaScript declares them in the order of the program. */
	after: (name: string) => Record<string, unknown>;
	/** The option that says what a resource was called before. */
	alias: (urn: string, name: string) => unknown;
}

/** YAML. */
export const yaml: Language = {
	name: "YAML",
	declare: (stack, services) => {
		const resources = Object.entries(services).map(([name, { args, opts }]) => [name, yamlService(args, opts)]);
		stack.declareYaml({
			resources: Object.fromEntries(resources),
			...("app" in services && { outputs: outputsOfApp }),
		});
	},
	after: (name) => ({ dependsOn: [`\${${name}}`] }),
	alias: (urn) => urn,
};

const javascript: Language = {
	name: "JavaScript",
	declare: (stack, services) => stack.declare(services),
	after: () => ({}),
	alias: (_, name) => ({ name }),
};

/** The plugin's and the npm package's. */
export const languages = [yaml, javascript];

/** The ids that state has for some resources. */
export const idsInState = async (stack: TestStack, ...names: string[]) =>
	Promise.all(names.map(async (name) => (await stack.resource(name))?.id));

/** A stack whose resource `a` has adopted a client in an earlier run. */
export async function withAdopted(startStack: StartStack, { declare }: Language) {
	const stack = await startStack();
	const { client } = addByHand(stack);
	const adopting = (opts: Record<string, unknown> = {}): Declared => ({
		...service({ adopt: { clientId: client.id } }),
		opts,
	});
	declare(stack, { a: adopting() });
	await stack.run("up");
	return { stack, id: client.id, adopting };
}

/** A stack whose resource `a` has made a client, a moment ago. */
export async function withNew(startStack: StartStack, { declare }: Pick<Language, "declare">) {
	const stack = await startStack();
	declare(stack, { a: service() });
	await stack.run("up");
	return { stack, id: String((await stack.resource("a"))?.id) };
}

/** How a resource is replaced although nothing in the program has changed. */
export type Replacement = "--replace" | "pulumi state taint";

/**
 * Replaces a client on its first day.
 *
 * @returns the ids of the former client, of the one in state and of those in the organization; whether the secret in state works; and the calls
 *   of one more up
 */
export async function replaced(
	startStack: StartStack,
	{ declare }: Pick<Language, "declare">,
	kind: "new" | "adopted",
	how: Replacement,
) {
	const stack = await startStack();
	const { client } = addByHand(stack, { name: kind === "new" ? "Other" : "Service" });
	declare(stack, { app: service(kind === "new" ? {} : { adopt: { clientId: client.id } }) });
	await stack.run("up");
	const [former] = await idsInState(stack, "app");
	const urn = await urnOf(stack);
	if (how !== "--replace") {
		const { code, output } = await stack.pulumi("state", "taint", urn, "--yes");
		if (code !== 0) throw new Error(output);
	}
	await stack.run("up", ...(how === "--replace" ? ["--replace", urn] : []));
	const [id] = await idsInState(stack, "app");
	return { former, id, ids: idsIn(stack), works: await works(stack), more: (await stack.run("up")).calls };
}
