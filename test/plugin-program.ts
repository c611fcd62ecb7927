import { dirname, join, resolve } from "node:path";

const script = join(__dirname, "..", "dist", "plugin", "pulumi-resource-genesyscloud-oauth.cjs");
const { PLUGIN_PROGRAM: executable } = process.env;

/** How tests start the plugin: the script of a build, on Node, or the executable that PLUGIN_PROGRAM names. */
export const pluginCommand: [command: string, ...args: string[]] =
	executable === undefined ? [process.execPath, script] : [resolve(executable)];

/** The directory where Pulumi finds that on PATH. */
export const pluginDirectory = dirname(executable === undefined ? script : resolve(executable));
