import { expect, test } from "vitest";
import { idsIn, webApp } from "./support/seam-clients";
import { stackModels } from "./support/stack-model";

const startStackModel = stackModels();
const page = (change = {}) => webApp({ name: "Page", authorizedGrantType: "TOKEN", ...change });
const countIn = (notices: string) => notices.split('OAuth client "Page" has the grant type TOKEN. ').length - 1;

test("a new client of the implicit grant is warned of in preview and up, and in no later run", async () => {
	const stack = await startStackModel();
	for (const command of ["preview", "up"] as const) {
		const { notices } = await stack.succeed(command, { page: page() });
		expect(countIn(notices)).toBe(1);
		expect(notices).toContain(
			"May 2027 (its community and its help name different months). Move the application to CODE",
		);
	}
	const later = [
		await stack.succeed("preview", { page: page() }),
		await stack.succeed("up", { page: page({ description: "changed" }) }),
		await stack.succeed("refresh", { page: page() }),
		await stack.succeed("destroy"),
	];
	expect(later.map(({ notices }) => countIn(notices))).toEqual([0, 0, 0, 0]);
});

test("an existing client of the implicit grant is adopted without the warning: it isn't created", async () => {
	const stack = await startStackModel();
	const { client } = stack.simulator.organization.addClient({
		name: "Page",
		authorizedGrantType: "TOKEN",
	});
	const { notices } = await stack.succeed("up", { page: page({ adopt: { clientId: client.id } }) });
	expect(countIn(notices)).toBe(0);
	expect(idsIn(stack)).toEqual([client.id]);
});
test("a client that gets the implicit grant is warned of like a new one", async () => {
	const stack = await startStackModel();
	await stack.succeed("up", { page: page({ authorizedGrantType: "CODE" }) });
	expect(countIn((await stack.succeed("up", { page: page() })).notices)).toBe(1);
});

test("where Genesys Cloud creates no client of this grant any more, one that exists is changed, kept, and replaced by one of CODE", async () => {
	const stack = await startStackModel();
	await stack.succeed("up", { page: page() });
	const [old = ""] = idsIn(stack);
	stack.simulator.organization.changeSettings({ assumptions: { refusedGrants: ["TOKEN"] } });
	await stack.succeed("up", { page: page({ description: "changed" }) });
	const { errors, notices } = await stack.run("up", {
		page: page({ description: "changed" }),
		other: page({ name: "Other" }),
	});
	expect(errors.join()).toContain("400 bad.grant.type");
	expect(notices).toContain('OAuth client "Other" has the grant type TOKEN. ');
	expect(idsIn(stack)).toEqual([old]);
	await stack.succeed("up", { page: page({ authorizedGrantType: "CODE" }) });
	expect(stack.simulator.organization.clients()).toMatchObject([{ authorizedGrantType: "CODE" }]);
	expect(stack.simulator.organization.client(old)).toBeUndefined();
});
