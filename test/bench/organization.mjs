import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** A simulated organization in a process of its own. */
export class Organization {
	#child;

	/**
	 * @param latency how long every call takes, in milliseconds
	 * @param clients how many clients it has, as `largeSeed` makes them, and then the vendor's rate limit too
	 */
	static async start(latency, clients = 0) {
		const organization = new Organization();
		const script = fileURLToPath(new URL("simulator-process.mjs", import.meta.url));
		organization.#child = fork(script, [latency, clients].map(String));
		const { url, clientId, clientSecret } = await organization.#message();
		const { hostname, port } = new URL(url);
		organization.variables = {
			GENESYSCLOUD_OAUTHCLIENT_ID: clientId,
			GENESYSCLOUD_OAUTHCLIENT_SECRET: clientSecret,
			GENESYSCLOUD_GATEWAY_PROTOCOL: "http",
			GENESYSCLOUD_GATEWAY_HOST: hostname,
			GENESYSCLOUD_GATEWAY_PORT: port,
		};
		return organization;
	}

	/** The calls since the last time: how many of each operation, and when the first one came. */
	async takeCalls() {
		this.#child.send("take");
		return this.#message();
	}

	close() {
		this.#child.disconnect();
	}

	async #message() {
		return new Promise((resolve, reject) => {
			const failed = (code) => reject(new Error(`the simulator ended with exit code ${code}`));
			this.#child.once("exit", failed);
			this.#child.once("message", (message) => {
				this.#child.off("exit", failed);
				resolve(message);
			});
		});
	}
}
