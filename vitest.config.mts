import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { withDirectLoopback } from "./tools/loopback.mjs";

const { NO_PROXY, no_proxy } = withDirectLoopback(process.env);
const briefWaits = fileURLToPath(new URL("test/brief-waits.cjs", import.meta.url));

// `--mode thorough` runs the files named *.thorough.test.ts, which take too long for every run, and all other modes the rest.
// `--mode record` runs the files named *.record.test.ts, which write what later versions must read: `npm run record:state`.
// `--mode check` adds the folder `check` for `npm run check`: its tests look at types and documentation, and run nothing of ours.
export default defineConfig(({ mode }) => {
	const isThorough = mode === "thorough";
	const kinds = ["thorough", "record"];
	const kind = kinds.includes(mode) ? `${mode}.` : "";
	const inFolder = (folder: string) => [`test/${folder}/**/*.${kind}test.ts`];
	return {
		test: {
			// Nothing here measures time: the limits only end a test that hangs on a slow, shared machine.
			testTimeout: 60_000,
			hookTimeout: 60_000,
			// Many tests start processes of their own: two files at a time is what two cores carry.
			maxWorkers: 2,
			// A file takes over the modules of those before it, whose loading would take a fifth of all tests' time: what a module of the tests keeps
			// must serve every file.
			isolate: false,
			unstubEnvs: true,
			restoreMocks: true,
			// The simulators are on this machine: no proxy.
			env: {
				NO_PROXY,
				no_proxy,
				NODE_OPTIONS: `--require ${JSON.stringify(briefWaits)}`,
				// For the plugin's executable, which runs on Bun.
				BUN_OPTIONS: `--preload=${briefWaits}`,
			},
			exclude: kinds.filter((other) => other !== mode).map((other) => `**/*.${other}.test.ts`),
			// What provider, analyzer and command do in processes of their own isn't counted.
			coverage: {
				include: ["provider/**/*.ts", "plugin/**/*.ts", "policy/**/*.ts", "simulator/**/*.ts", "cli/**/*.ts"],
				reporter: ["text"],
			},
			projects: [
				...(mode === "check" ? [{ extends: true as const, test: { name: "check", include: inFolder("check") } }] : []),
				{ extends: true, test: { name: "unit", include: inFolder("unit") } },
				{ extends: true, test: { name: "api", include: inFolder("api"), provide: { front: "dynamic" } } },
				// What the engine's order of calls may break is tried through the plugin too.
				{
					extends: true,
					test: {
						name: "plugin",
						include: [...inFolder("plugin"), ...(isThorough ? [] : ["test/api/seams*.test.ts"])],
						provide: { front: "plugin" },
					},
				},
				{ extends: true, test: { name: "cli", include: inFolder("cli") } },
				{ extends: true, test: { name: "properties", include: inFolder("properties"), testTimeout: 600_000 } },
				// Each starts processes of Pulumi's: an analyzer, a provider.
				{ extends: true, test: { name: "policy", include: inFolder("policy"), testTimeout: 300_000 } },
				{
					extends: true,
					test: {
						name: "faults",
						include: inFolder("faults"),
						// Each waits for those before it.
						testTimeout: 3_600_000,
						hookTimeout: 600_000,
						// Its tests share a number of processes among them, and decide themselves how much runs at a time.
						maxConcurrency: 100,
					},
				},
				{ extends: true, test: { name: "peer-lessons", include: inFolder("peer-lessons") } },
				{
					extends: true,
					test: {
						name: "e2e",
						include: inFolder("e2e"),
						globalSetup: ["test/e2e/support/engine-setup.ts"],
						testTimeout: 1_200_000,
						hookTimeout: 1_200_000,
					},
				},
			],
		},
	};
});
