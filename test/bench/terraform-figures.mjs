import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const file = fileURLToPath(new URL("terraform-figures.json", import.meta.url));

/** What was last measured of Terraform with this latency; undefined if nothing was. */
export async function lastTerraform(latency) {
	const last = JSON.parse(await readFile(file, "utf8"));
	return last.latency === latency ? last : undefined;
}

/** Keeps what was measured of Terraform, for runs without its binaries. */
export async function saveTerraform(latency, measured) {
	const lives = measured
		.filter(({ subject }) => subject === "terraform")
		// Later they stand beside another run.
		.map(({ sitting: _sitting, run: _run, ...life }) => life);
	const date = new Date().toISOString().slice(0, 10);
	await writeFile(file, `${JSON.stringify({ date, latency, lives }, undefined, "\t")}\n`);
}
