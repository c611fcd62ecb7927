import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { StoredSecret } from "../../../provider/lifecycle/oauth-client/secret-sink";

/** A secret sink in this process: a module whose function calls back here. */
export interface SinkDouble {
	/** What `secretSink` takes. */
	module: string;
	/** The secret that it was given last, by client id. */
	stored: Map<string, StoredSecret>;
	/** Whether it refuses. */
	broken: boolean;
}

/** Makes the sink; its file ends with the test. */
export function createSinkDouble(): SinkDouble {
	const directory = mkdtempSync(join(tmpdir(), "property-sink-"));
	onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
	const sink: SinkDouble = { module: join(directory, "sink.cjs"), stored: new Map(), broken: false };
	writeFileSync(sink.module, "exports.storeSecret = (secret) => globalThis.propertySink(secret);\n");
	const propertySink = (secret: StoredSecret) => {
		if (sink.broken) throw new Error(`the vault is sealed, and ${secret.clientSecret} stays outside`);
		sink.stored.set(secret.clientId, secret);
	};
	Object.assign(globalThis, { propertySink });
	return sink;
}
