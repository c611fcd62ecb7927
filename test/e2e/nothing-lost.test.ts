import { expect, test } from "vitest";
import { makeHalf } from "./support/broken-creates";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();

const clientPath = "/api/v2/oauth/clients/{clientId}";

test("a create that fails after the POST keeps the client and its secret, also in a refresh, and the next up finishes it without a second POST", async () => {
	const stack = await startStack();
	await makeHalf(stack);
	const [made] = stack.simulator.organization.clients();
	const kept = await stack.resource("app");
	expect(kept).toMatchObject({ id: made!.id, initErrors: [expect.stringContaining(made!.id)] });
	expect(kept?.outputs?.["__provider"]).toBe(kept?.inputs?.["__provider"]);

	await stack.run("refresh");
	const { calls } = await stack.run("up");
	expect(calls).toEqual(["POST /oauth/token", `GET ${clientPath}`, `PUT ${clientPath}`]);
	const { id, secret } = (await stack.outputs())["app"]!;
	expect(id).toBe(made!.id);
	expect(stack.simulator.organization.checkSecret(id, secret)).toBe(true);
	expect(stack.simulator.organization.clients()).toMatchObject([{ state: "inactive" }]);
	expect((await stack.resource("app"))?.initErrors).toBeUndefined();
});
