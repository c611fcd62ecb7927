import { expect, test } from "vitest";
import { webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";
import { clientsPath, idsIn } from "./support/seam-stacks";

const startStack = eachStack();

test("a name that the program gives as a secret is shown in no error and no notice", async () => {
	const stack = await startStack();
	const name = "hidden-name-of-the-client";
	stack.declare({ app: webApp({ name }) });
	stack.write(
		"index.js",
		`const pulumi = require("@pulumi/pulumi");
const { OAuthClient } = require("pulumi-genesyscloud-oauth");
const { app } = require("./clients.json");
const secret = pulumi.secret(app.args.name);
const adopt = pulumi.runtime.isDryRun() ? { adopt: { name: secret } } : {};
new OAuthClient("app", { ...app.args, name: secret, ...adopt });
`,
	);
	const previewed = await stack.fails("preview");
	expect(previewed).toContain('no OAuth client named "[secret]" to adopt');
	const refusal = { kind: "status", method: "POST", path: clientsPath, status: 400, code: "bad.request" } as const;
	stack.simulator.faults.add({ ...refusal, message: `the name ${name} isn't allowed` });
	const failed = await stack.fails("up");
	expect(failed).toContain("post_oauth_clients failed: 400 bad.request");
	const made = await stack.run("up");
	const [id = ""] = idsIn(stack);
	stack.simulator.organization.removeClient(id);
	const gone = await stack.run("refresh");
	expect(gone.output).toContain(`OAuth client (${id}) was deleted outside Pulumi`);
	for (const output of [previewed, failed, made.output, gone.output]) expect(output).not.toContain(name);
});
