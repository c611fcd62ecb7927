import { expect, test } from "vitest";
import { service } from "./support/clients";
import { eachStack } from "./support/each-stack";
import { staging, startOther } from "./support/other-organization";

const startStack = eachStack();

test("a connection may stand in the stack's configuration", async () => {
	const stack = await startStack();
	const other = await startOther(stack);
	await stack.pulumi("config", "set", "staging:id", other.administrator.clientId);
	await stack.pulumi("config", "set", "--secret", "staging:secret", other.administrator.clientSecret);
	const connection = { ...staging, oauthClientId: "staging:id", oauthClientSecret: "staging:secret" };
	stack.declare({ there: service({ connection }) });
	await stack.run("up");
	expect(other.organization.clients()).toHaveLength(1);
	stack.leaks.note(other);
});
