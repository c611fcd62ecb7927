import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		// Nothing here measures time: the limits only end a test that hangs on a slow, shared machine.
		testTimeout: 60_000,
		hookTimeout: 60_000,
		projects: [
			{ extends: true, test: { name: "unit", include: ["test/unit/**/*.test.ts"] } },
			{ extends: true, test: { name: "api", include: ["test/api/**/*.test.ts"] } },
			{ extends: true, test: { name: "cli", include: ["test/cli/**/*.test.ts"] } },
			{ extends: true, test: { name: "properties", include: ["test/properties/**/*.test.ts"], testTimeout: 600_000 } },
			// Each starts processes of Pulumi's: an analyzer, a provider.
			{ extends: true, test: { name: "policy", include: ["test/policy/**/*.test.ts"], testTimeout: 300_000 } },
			{ extends: true, test: { name: "faults", include: ["test/faults/**/*.test.ts"], testTimeout: 600_000 } },
			{ extends: true, test: { name: "regressions", include: ["test/regressions/**/*.test.ts"] } },
			{
				extends: true,
				test: {
					name: "e2e",
					include: ["test/e2e/**/*.test.ts"],
					globalSetup: ["test/e2e/support/engine-setup.ts"],
					testTimeout: 600_000,
					hookTimeout: 600_000,
					// An engine, a language host and a provider each: two at a time is what two cores carry.
					maxWorkers: 2,
				},
			},
		],
	},
});
