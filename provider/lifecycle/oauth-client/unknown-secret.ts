import { fieldsOf } from "../../api/json";

/**
 * The warning of an adopted client whose secret the stack doesn't know, unless the program accepts that.
 *
 * @param adopt the argument
 * @param secretVersion the output; undefined for a client that isn't adopted yet
 * @param names what the program calls the secret and the argument
 */
export const unknownSecretWarnings = (
	adopt: unknown,
	secretVersion: unknown,
	{ secret, argument } = { secret: "clientSecret", argument: "adopt" },
): string[] =>
	adopt !== undefined &&
	secretVersion === 0 &&
	fieldsOf(adopt)["rotateSecret"] !== false &&
	fieldsOf(adopt)["clientSecret"] === undefined
		? [
				`${secret} is empty, since this stack adopted the client and the API never shows an existing secret: set ${argument}.clientSecret to the secret, or ${argument}.rotateSecret to true to rotate it, or to false to silence this warning`,
			]
		: [];
