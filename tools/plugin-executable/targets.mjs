const systems = { linux: "linux", darwin: "darwin", windows: "win32" };
const architectures = { amd64: { cpu: "x64", runtime: "x64" }, arm64: { cpu: "arm64", runtime: "aarch64" } };

/**
 * The systems that have an executable: as Pulumi, npm and the runtime name them.
 *
 * @type {{ asset: string, os: string, cpu: string, runtime: string, executable: string }[]}
 */
export const targets = Object.entries(systems).flatMap(([system, os]) =>
	Object.entries(architectures).map(([architecture, { cpu, runtime }]) => ({
		asset: `${system}-${architecture}`,
		os,
		cpu,
		runtime: `${system}-${runtime}`,
		executable: `pulumi-resource-genesyscloud-oauth${os === "win32" ? ".exe" : ""}`,
	})),
);

/** The one of this machine; undefined where there is none. */
export const ownTarget = targets.find(({ os, cpu }) => os === process.platform && cpu === process.arch);
