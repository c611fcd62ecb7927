import { expect, test } from "vitest";
import type { Properties } from "../../provider/lifecycle/properties";
import { paths } from "../api/support/client-requests";
import { hasWorkingSecret, laterRun, service, startLifecycle, webApp } from "../api/support/lifecycle-run";

// hashicorp/terraform-provider-time 44: counted from a date long past, a rotation was due in every run.

const day = 86_400_000;
const aging = (program: Properties, maxAgeDays: number): Properties => ({ ...program, secretRotation: { maxAgeDays } });

test.each([
	["a service", service],
	["a web app", webApp],
])("%s whose secret is years old is renewed once", async (_, program) => {
	const run = await startLifecycle();
	const { id, outs } = await run.create(program);
	run.clock.advance(5 * 365 * day);
	let state = await laterRun(run).update(id, outs, aging(program, 90));
	const secret = state["clientSecret"];
	for (let again = 0; again < 5; again += 1) {
		expect(run.diff(state, aging(program, 90)).changes).toBe(false);
		state = await laterRun(run).update(id, state, aging(program, 90));
		run.clock.advance(day);
	}
	expect(state).toMatchObject({ clientSecret: secret, secretVersion: 2 });
	expect(hasWorkingSecret(run, id, state)).toBe(true);
});

test("an adopted client that was made years ago is renewed once", async () => {
	const run = await startLifecycle();
	const { client } = run.simulator.organization.addClient({
		name: "Agent desktop",
		authorizedGrantType: "CODE",
		scope: ["users:readonly", "routing"],
		dateCreated: "2020-01-01T00:00:00Z",
	});
	const program = { ...aging(webApp, 90), adopt: { clientId: client.id, rotateSecret: true } };
	const { outs } = await run.create(program);
	expect(run.diff(outs, program).changes).toBe(false);
	expect(outs["secretVersion"]).toBe(1);
});

test.each([
	["doesn't change", (before: string) => ({ dateModified: before })],
	["isn't told", () => ({ dateModified: null })],
	["is no date", () => ({ dateModified: "just now" })],
])("an API whose dateModified %s when a secret is renewed makes no rotation due again", async (_, change) => {
	const run = await startLifecycle();
	const { id, outs } = await run.create(webApp);
	run.clock.advance(365 * day);
	const body = {
		...(await run.api.getOauthClient(id)),
		secret: "the-new-one",
		...change(outs["dateModified"] as string),
	};
	run.fault("POST", paths.secret, { kind: "status", status: 200, body });
	const updated = await run.update(id, outs, aging(webApp, 90));
	expect(updated["clientSecret"]).toBe("the-new-one");
	expect(Math.abs(Date.parse(updated["secretRotatedAt"] as string) - run.clock.now())).toBeLessThan(60_000);
	expect(run.diff(updated, aging(webApp, 90)).changes).toBe(false);
});
