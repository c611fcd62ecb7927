import { isGenesysCloudError } from "../../../provider/api/errors";

/** The message of the ConfigurationError with which something is refused. */
export function configurationErrorOf(work: () => unknown): string {
	try {
		work();
	} catch (error) {
		if (isGenesysCloudError(error) && error.name === "ConfigurationError") return error.message;
		throw error;
	}
	throw new Error("it was accepted");
}
