import { expect, test } from "vitest";
import { webApp } from "./support/seam-clients";
import { stackModels } from "./support/stack-model";

const startStackModel = stackModels();
const countIn = (notices: string) => notices.split("has no registeredRedirectUri").length - 1;

test("a client that acts for users without a redirect URI is created, and preview and up warn of it", async () => {
	const stack = await startStackModel();
	for (const authorizedGrantType of ["CODE", "TOKEN"]) {
		const app = webApp({ authorizedGrantType, registeredRedirectUri: [], name: authorizedGrantType });
		const program = { [authorizedGrantType]: app };
		for (const command of ["preview", "up"] as const) {
			expect((await stack.succeed(command, program)).notices).toContain(
				`OAuth client "${authorizedGrantType}" has no registeredRedirectUri: applications with the grant type ${authorizedGrantType} usually need one`,
			);
		}
		expect((await stack.succeed("up", program)).notices).toBe("");
	}
	expect(stack.simulator.organization.clients()).toHaveLength(1);
});

test("a client that loses its last redirect URI is warned of, and one that has one isn't", async () => {
	const stack = await startStackModel();
	await stack.succeed("up", { app: webApp() });
	const { notices } = await stack.succeed("up", { app: webApp({ registeredRedirectUri: [] }) });
	expect(countIn(notices)).toBe(1);
	expect(countIn((await stack.succeed("preview", { app: webApp(), other: webApp({ name: "Other" }) })).notices)).toBe(
		0,
	);
});
