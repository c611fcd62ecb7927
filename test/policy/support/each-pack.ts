import { afterAll, beforeAll, beforeEach } from "vitest";
import { type Analyzer, type Configuration, type Level, packDirectory, startAnalyzer } from "./analyzer-process";

/** A part of a configuration, as a `--policy-pack-config` file says it. */
type Given = Record<string, { enforcementLevel?: Level; [option: string]: unknown }>;

/** The pack's process, for all tests of a file. */
interface RunningPack {
	analyzer: Analyzer;
	/** Configures the pack as Pulumi does: the defaults of the schema, and over them what is given. Lasts for the test. */
	configure: (given?: Given) => Promise<void>;
}

/** For a test file: starts the real analyzer process before its tests, and configures it with the pack's defaults before each. */
export function eachPack(directory: () => string = () => packDirectory): RunningPack {
	let analyzer: Analyzer | undefined;
	const running = () => {
		if (analyzer === undefined) throw new Error("the analyzer isn't running");
		return analyzer;
	};
	const configure = async (given: Given = {}) => {
		const { policies } = await running().info();
		const configuration: Configuration = {};
		for (const { name, level, options } of policies) {
			const { enforcementLevel, ...own } = given[name] ?? {};
			const defaults = Object.fromEntries(Object.entries(options).map(([option, schema]) => [option, schema.default]));
			configuration[name] = { level: enforcementLevel ?? level, options: { ...defaults, ...own } };
		}
		await running().configure(configuration);
	};
	beforeAll(async () => {
		analyzer = await startAnalyzer(directory());
	});
	beforeEach(async () => configure());
	afterAll(async () => analyzer?.end());
	return {
		get analyzer() {
			return running();
		},
		configure,
	};
}
