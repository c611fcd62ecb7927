import { expect, test } from "vitest";
import { paths } from "../api/support/client-requests";
import { hasWorkingSecret, startLifecycle, webApp } from "../api/support/lifecycle-run";

// keycloak/terraform-provider-keycloak 1576: an update that came without the secret cleared it.

test.each([
	["no secret", {}],
	["an empty secret", { secret: "" }],
	["null", { secret: null }],
	["another secret", { secret: "somebody-elses" }],
])("an answer to an update with %s leaves the one in state", async (_, part) => {
	const run = await startLifecycle();
	const { id, outs } = await run.create(webApp);
	const body = { ...(await run.api.getOauthClient(id)), name: "Renamed", ...part };
	run.fault("PUT", paths.client, { kind: "status", status: 200, when: "after", body });
	const updated = await run.update(id, outs, { ...webApp, name: "Renamed" });
	expect(updated["clientSecret"]).toBe(outs["clientSecret"]);
	expect(hasWorkingSecret(run, id, updated)).toBe(true);
});

test.each([
	["no secret", {}],
	["an empty secret", { secret: "" }],
	["another secret", { secret: "somebody-elses" }],
])("a refresh whose answer has %s leaves the one in state", async (_, part) => {
	const run = await startLifecycle();
	const { id, outs } = await run.create(webApp);
	const body = { ...(await run.api.getOauthClient(id)), ...part };
	run.fault("GET", paths.client, { kind: "status", status: 200, body });
	expect((await run.read(id, outs)).props).toEqual(outs);
});
