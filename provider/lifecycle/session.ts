import { createOAuthApi, type GenesysCloudApi } from "../api/create";
import { type ConfigReader, readConnection } from "../config";

/**
 * What all resources of one provider process share: the API client, with its one token, and the home division. Made on first need,
 * so that nothing is asked of the configuration or the network before a resource needs it.
 */
class Session {
	#config: ConfigReader | undefined;
	#api: GenesysCloudApi | undefined;
	#homeDivision: Promise<string> | undefined;

	/** Takes the stack's configuration. Does nothing else: Pulumi doesn't wait for it before the first calls. */
	configure(config: ConfigReader): void {
		this.#config = config;
		this.#api = undefined;
		this.#homeDivision = undefined;
	}

	/**
	 * The API, as configured.
	 *
	 * @throws ConfigurationError each time, while something is missing
	 */
	api(): GenesysCloudApi {
		this.#api ??= createOAuthApi(readConnection(process.env, this.#config ?? (() => undefined)));
		return this.#api;
	}

	/** The id of the home division: asked for once, however many clients need it. */
	async homeDivision(): Promise<string> {
		this.#homeDivision ??= this.api()
			.getAuthorizationDivisionsHome()
			.then(({ id }) => id);
		try {
			return await this.#homeDivision;
		} catch (error) {
			this.#homeDivision = undefined;
			throw error;
		}
	}
}

/** The session of this process. */
export const session = new Session();
