import { fieldsOf } from "../../api/json";
import { unknownSecretWarnings } from "../oauth-client/unknown-secret";

/**
 * The warnings of adopted clients whose secrets the stack doesn't know, unless the program accepts that.
 *
 * @param adopt the argument
 * @param clients the output
 */
export const unknownSecretsWarnings = (adopt: unknown, clients: unknown): string[] =>
	["a", "b"].flatMap((letter) =>
		unknownSecretWarnings(fieldsOf(adopt)[letter], fieldsOf(fieldsOf(clients)[letter])["secretVersion"], {
			secret: `the secret of client ${letter.toUpperCase()}`,
			argument: `adopt.${letter}`,
		}),
	);
