import { expect, test } from "vitest";
import { startLifecycle, webApp } from "../api/support/lifecycle-run";

// tailscale/terraform-provider-tailscale 340, 465 and aws 27043: a key was renewed only when it had expired.

const day = 86_400_000;

test.each([
	[90, undefined, 9],
	[90, 30, 30],
	[7, undefined, 0.7],
	[1, undefined, 0.1],
	[30, 0, 0],
])(
	"with maxAgeDays %d and renewBeforeDays %s a secret is due at least %d days before that age, and state says when",
	async (maxAgeDays, renewBeforeDays, ahead) => {
		const secretRotation = { maxAgeDays, ...(renewBeforeDays === undefined ? {} : { renewBeforeDays }) };
		const program = { ...webApp, secretRotation };
		const run = await startLifecycle();
		for (let client = 0; client < 10; client += 1) {
			const { outs } = await run.create({ ...program, name: `client ${client}` });
			const due = Date.parse(outs["secretRotatesAt"] as string);
			const oldest = Date.parse(outs["secretRotatedAt"] as string) + maxAgeDays * day;
			expect(due).toBeLessThanOrEqual(oldest - ahead * day);
			expect(due).toBeGreaterThan(run.clock.now());
		}
	},
);

test("the preview says so from that moment on, and why", async () => {
	const program = { ...webApp, secretRotation: { maxAgeDays: 90, renewBeforeDays: 20 } };
	const run = await startLifecycle();
	const { outs } = await run.create(program);
	run.clock.advance(Date.parse(outs["secretRotatesAt"] as string) - run.clock.now() - 1);
	expect(run.diff(outs, program)).toMatchObject({ changes: false, notices: [] });
	run.clock.advance(1);
	const { changes, notices } = run.diff(outs, program);
	expect(changes).toBe(true);
	expect(notices.join()).toContain("pulumi up rotates the secret of");
	expect(notices.join()).toContain("(maxAgeDays: 90)");
});
