import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { cleanEnvironment, runCommand } from "./command.mjs";
import { measure } from "./measure.mjs";

const commands = {
	create: ["apply", "-auto-approve"],
	unchanged: ["apply", "-auto-approve"],
	preview: ["plan"],
	change: ["apply", "-auto-approve"],
	refresh: ["apply", "-refresh-only", "-auto-approve"],
	destroy: ["destroy", "-auto-approve"],
};

/** The same clients with Terraform and its genesyscloud provider. */
export class TerraformStack {
	#directory;
	#environment;
	#organization;
	#terraform;
	#provider;

	/**
	 * @param terraform path of the `terraform` binary
	 * @param provider path of the `terraform-provider-genesyscloud` binary
	 */
	static async create({ terraform, provider, organization }) {
		const stack = new TerraformStack();
		stack.#terraform = terraform;
		stack.#provider = provider;
		stack.#organization = organization;
		stack.#directory = await mkdtemp(join(tmpdir(), "oauth-bench-"));
		// With an override Terraform takes the binary as it is, and needs no init and no registry.
		await stack.#write(
			"terraform.rc",
			`provider_installation {\n  dev_overrides {\n    "mypurecloud/genesyscloud" = ${JSON.stringify(dirname(provider))}\n  }\n  direct {}\n}\n`,
		);
		stack.#environment = {
			...cleanEnvironment,
			...organization.variables,
			GENESYSCLOUD_REGION: "us-east-1",
			TF_CLI_CONFIG_FILE: join(stack.#directory, "terraform.rc"),
			TF_IN_AUTOMATION: "1",
			CHECKPOINT_DISABLE: "1",
		};
		return stack;
	}

	async declare({ count, settings }) {
		const resource = {
			count,
			name: "Client ${count.index + 1}",
			description: settings.description,
			authorized_grant_type: settings.authorizedGrantType,
			scopes: settings.scope,
			registered_redirect_uris: settings.registeredRedirectUri,
		};
		const {
			GENESYSCLOUD_GATEWAY_PROTOCOL: protocol,
			GENESYSCLOUD_GATEWAY_HOST: host,
			GENESYSCLOUD_GATEWAY_PORT: port,
		} = this.#organization.variables;
		const configuration = {
			// Without this block the provider ignores the gateway's variables, and calls the public API.
			provider: { genesyscloud: { gateway: [{ protocol, host, port }] } },
			terraform: { required_providers: { genesyscloud: { source: "mypurecloud/genesyscloud" } } },
			resource: { genesyscloud_oauth_client: { client: resource } },
		};
		await this.#write("main.tf.json", JSON.stringify(configuration));
	}

	/** Runs a step and measures it. A run that crashes is repeated, and counted. */
	async measure(step) {
		const isProvider = ([command]) => command === this.#provider;
		const options = { cwd: this.#directory, env: this.#environment };
		for (let crashes = 0; ; crashes++) {
			try {
				const measured = await measure(this.#organization, isProvider, async () =>
					runCommand(this.#terraform, [...commands[step], "-input=false", "-no-color"], options),
				);
				return { ...measured, crashes };
			} catch (error) {
				// In its set-up of the gateway, before it calls anything.
				if (crashes === 5 || !error.message.includes("concurrent map")) throw error;
			}
		}
	}

	async stateSize() {
		const { size } = await stat(join(this.#directory, "terraform.tfstate"));
		return size;
	}

	async remove() {
		await rm(this.#directory, { recursive: true, force: true });
	}

	async #write(name, text) {
		await writeFile(join(this.#directory, name), text);
	}
}
