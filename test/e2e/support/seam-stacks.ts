import { ROLE_IDS } from "../../../simulator";
import { service } from "./clients";
import type { eachStack } from "./each-stack";
import type { TestStack } from "./test-stack";

/** The path of the clients. */
export const clientsPath = "/api/v2/oauth/clients";

/** The ids of the clients in the organization. */
export const idsIn = ({ simulator }: TestStack) => simulator.organization.clients().map(({ id }) => id);

/** The URN of a client in state. */
export const urnOf = async (stack: TestStack, name = "app") => (await stack.resource(name))?.urn ?? "";

/** Whether the secret of a client in state logs in. */
export async function works(stack: TestStack, name = "app"): Promise<boolean> {
	const id = (await stack.resource(name))?.id ?? "";
	return stack.simulator.organization.checkSecret(id, await stack.secretInState(name));
}

/** A stack that has adopted a client which somebody made by hand, long ago. */
export async function withAdopted(startStack: ReturnType<typeof eachStack>) {
	const stack = await startStack();
	const longAgo = "2020-01-01T00:00:00.000Z";
	const { client } = stack.simulator.organization.addClient({
		name: "Service",
		roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: "*" }],
		dateCreated: longAgo,
		dateModified: longAgo,
	});
	const adopting = service({ adopt: { clientId: client.id, rotateSecret: false } });
	stack.declare({ app: adopting });
	await stack.run("up");
	return { stack, id: client.id, adopting };
}
