import { expect, test } from "vitest";
import type { PartialFailure } from "../../provider/lifecycle/presentable-errors";
import type { Properties } from "../../provider/lifecycle/properties";
import { paths } from "../api/support/client-requests";
import { hasWorkingSecret, laterRun, service, startLifecycle, webApp } from "../api/support/lifecycle-run";
import { failureOf } from "../api/support/simulated-api";

// okta/terraform-provider-okta 109: another way to authenticate gave the app another secret, and state kept the old one for ever.

const inPlace = (program: Properties): Properties => ({ ...program, replaceOnGrantTypeChange: false });
const browser = inPlace({ ...webApp, authorizedGrantType: "TOKEN" });

test.each([
	["a web app", inPlace(webApp)],
	["a service", inPlace(service)],
])("a client that becomes %s after it had no secret gets one that works", async (_, program) => {
	const run = await startLifecycle();
	const { id, outs } = await run.create(browser);
	expect(outs).toMatchObject({ clientSecret: "", secretVersion: 0 });
	expect(run.diff(outs, program)).toMatchObject({ changes: true, replaces: [] });
	const updated = await run.update(id, outs, program);
	expect(hasWorkingSecret(run, id, updated)).toBe(true);
	expect(updated["secretVersion"]).toBe(1);
	expect(run.diff(updated, program).changes).toBe(false);
});

test("one that can't be given a secret yet gets it in the next run", async () => {
	const run = await startLifecycle();
	const { id, outs } = await run.create(browser);
	run.fault("POST", paths.secret, { kind: "status", status: 403 });
	const { properties } = await failureOf<PartialFailure>(run.update(id, outs, inPlace(service)));
	expect(run.diff(properties, inPlace(service)).changes).toBe(true);
	const updated = await laterRun(run).update(id, properties, inPlace(service));
	expect(hasWorkingSecret(run, id, updated)).toBe(true);
});

test("a client that no longer has a secret keeps none in state", async () => {
	const run = await startLifecycle();
	const { id, outs } = await run.create(inPlace(webApp));
	const secret = outs["clientSecret"] as string;
	const updated = await run.update(id, outs, browser);
	expect(updated).toMatchObject({ clientSecret: "", secretVersion: 0, secretFingerprint: "" });
	expect(JSON.stringify(updated)).not.toContain(secret);
	expect(run.diff(updated, browser).changes).toBe(false);
});

test("between grants that have one, the secret stays, and still works", async () => {
	const run = await startLifecycle();
	const { id, outs } = await run.create(inPlace(webApp));
	const updated = await run.update(id, outs, inPlace(service));
	expect(updated["clientSecret"]).toBe(outs["clientSecret"]);
	expect(hasWorkingSecret(run, id, updated)).toBe(true);
});
