import { buildProgram, builtProgram, goProgram } from "./go-build.mjs";
import { executable } from "./engine-version.mjs";

const engine = goProgram({
	name: "engine",
	title: "the Pulumi engine",
	module: "github.com/pulumi/pulumi/pkg/v3",
	main: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
	executable,
	linkerFlags: (version) => `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${version}`,
});

const named = ({ file, ...built }) => ({ ...built, pulumi: file });

/** Where the engine built from tools/pulumi-cli/engine lies, or will lie. */
export const builtEngine = () => named(builtProgram(engine));

/** Builds the engine with Go, unless another process has done so meanwhile. */
export const buildEngine = async ({ log }) => named(await buildProgram(engine, { log }));
