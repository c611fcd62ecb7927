import { fieldsOf } from "../../api/json";

const text =
	"clientSecret is empty, since this stack adopted the client and the API never shows an existing secret: set adopt.rotateSecret to true to rotate it, or to false to silence this warning";

/**
 * The warning of an adopted client whose secret the stack doesn't know, unless the program accepts that.
 *
 * @param adopt the argument
 * @param secretVersion the output; undefined for a client that isn't adopted yet
 */
export const unknownSecretWarning = (adopt: unknown, secretVersion: unknown): string | undefined =>
	adopt !== undefined && secretVersion === 0 && fieldsOf(adopt)["rotateSecret"] !== false ? text : undefined;
