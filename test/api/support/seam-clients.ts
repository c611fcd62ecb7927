import { type ClientSeed, ROLE_IDS } from "../../../simulator";
import { paths } from "./client-requests";
import type { Properties } from "./provider-process";
import type { StackModel } from "./stack-model";

/** A client that acts for itself. */
export const service = (change: Properties = {}): Properties => ({
	name: "CRM sync",
	authorizedGrantType: "CLIENT-CREDENTIALS",
	roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: "*" }],
	...change,
});
/** A client that acts for its users. */
export const webApp = (change: Properties = {}): Properties => ({
	name: "Agent desktop",
	authorizedGrantType: "CODE",
	scope: ["users:readonly"],
	registeredRedirectUri: ["https://app.example.com/cb"],
	...change,
});

export const idOf = (stack: StackModel, name = "app") => stack.engine.row(name)?.id ?? "";
const secretOf = (stack: StackModel, name = "app") => String(stack.engine.row(name)?.outputs["clientSecret"]);
export const works = (stack: StackModel, name = "app") =>
	stack.simulator.organization.checkSecret(idOf(stack, name), secretOf(stack, name));
export const idsIn = ({ simulator }: StackModel) => simulator.organization.clients().map(({ id }) => id);
export const lists = ({ simulator }: StackModel) =>
	simulator.requests.count({ method: "GET", template: paths.clients });

/** A client that somebody has made by hand. */
export function byHand({ simulator }: StackModel, change: Partial<ClientSeed> = {}) {
	const { client, secret = "" } = simulator.organization.addClient({
		name: "CRM sync",
		roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: "*" }],
		dateCreated: "2020-01-01T00:00:00.000Z",
		dateModified: "2020-01-01T00:00:00.000Z",
		...change,
	});
	return { id: client.id, secret };
}

/** A stack that has adopted a client. */
export async function withAdopted(stack: StackModel, change: Properties = {}) {
	const { id, secret } = byHand(stack);
	const adopting = service({ adopt: { clientId: id }, ...change });
	await stack.succeed("up", { app: adopting });
	stack.simulator.requests.clear();
	return { stack, id, secret, adopting };
}

/** A web app that is guarded. */
export const guarded = (change: Properties = {}) => webApp({ deletionGuard: { inUseWithinDays: 7 }, ...change });
