import { expect, test } from "vitest";
import { addByHand, service } from "./support/clients";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();

const login = "POST /oauth/token";
const get = "GET /api/v2/oauth/clients/{clientId}";

test("adopting by id makes no client, and changes nothing when nothing differs", async () => {
	const stack = await startStack();
	const { client } = addByHand(stack);
	stack.declare({ theirs: service({ adopt: { clientId: client.id } }) });
	const preview = await stack.run("preview");
	expect(preview.output).toContain(
		`will adopt OAuth client "Service" (${client.id}) instead of creating a client: no setting changes`,
	);
	const { calls, output } = await stack.run("up");
	expect(calls).toEqual([login, get]);
	expect(output).toContain("clientSecret is empty");
	expect(await stack.outputs()).toEqual({ theirs: { id: client.id, secret: "" } });
	expect((await stack.run("up", "--expect-no-changes")).calls).toEqual([]);
});
