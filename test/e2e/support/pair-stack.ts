import { service } from "./clients";
import type { Credential } from "./rotating-stack";
import type { TestStack } from "./test-stack";

/** The two ways to declare a pair. */
export const fronts = ["javascript", "yaml"] as const;
/** One of them. */
export type Front = (typeof fronts)[number];

/** A program with a pair. */
interface PairProgram {
	rotation: object;
	/** More arguments of the pair. */
	more?: Record<string, unknown>;
	/** Pulumi's options of the pair, as both fronts name them. */
	options?: object;
	/** A client beside it. */
	app?: Record<string, unknown>;
	/** The name of an integration credential that holds the pair's current client. */
	held?: string;
}

const javascript = `const { IntegrationCredential, OAuthClient, RotatingOAuthClient } = require("pulumi-genesyscloud-oauth");
const { app, held, options, pair: args } = require("./program.json");
const pair = new RotatingOAuthClient("pair", args, options);
if (app) new OAuthClient("app", app);
if (held) new IntegrationCredential("held", { name: held, client: pair.current });
for (const name of ["clientId", "clientSecret", "previousClientId", "previousClientSecret", "generation"]) exports[name] = pair[name];
`;

/** Makes a program the stack's. */
export function declarePair(
	stack: TestStack,
	front: Front,
	{ rotation, more = {}, options = {}, app, held }: PairProgram,
): void {
	const pair = { ...service({ name: "Worker" }).args, ...more, rotation };
	if (front === "javascript") {
		stack.write("index.js", javascript);
		stack.write("program.json", JSON.stringify({ pair, options, app, held }));
		return;
	}
	const fields = { clientId: "${pair.clientId}", clientSecret: "${pair.clientSecret}" };
	stack.declareYaml({
		resources: {
			pair: { type: "genesyscloud-oauth:RotatingOAuthClient", properties: pair, options },
			...(app && { app: { type: "genesyscloud-oauth:OAuthClient", properties: app } }),
			...(held !== undefined && {
				held: { type: "genesyscloud-oauth:IntegrationCredential", properties: { name: held, fields } },
			}),
		},
		outputs: {
			...fields,
			previousClientId: "${pair.previousClientId}",
			previousClientSecret: "${pair.previousClientSecret}",
			generation: "${pair.generation}",
		},
	});
}

/** What the program hands out of its pair. */
export async function handedOut(
	stack: TestStack,
): Promise<{ current: Credential; previous: Credential; generation: number }> {
	const { clientId, clientSecret, previousClientId, previousClientSecret, generation } =
		(await stack.outputs()) as unknown as Record<string, never>;
	return {
		current: { clientId: clientId!, clientSecret: clientSecret! },
		previous: { clientId: previousClientId!, clientSecret: previousClientSecret! },
		generation: generation!,
	};
}

/** Whether an application can log in. */
export const logsIn = async (stack: TestStack, { clientId, clientSecret }: Credential): Promise<boolean> =>
	stack.canLogIn(clientId, clientSecret);
