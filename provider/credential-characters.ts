import type { BasicCredentials } from "./api/basic-credentials";
import { ConfigurationError } from "./api/errors";

/** What a setting contains that can't be sent, and which characters that are. */
type Unsendable = readonly [what: string, pattern: RegExp];

const controls: readonly Unsendable[] = [
	["a line break", /[\r\n]/],
	["a control character", /\p{Cc}/u],
];

const refuse = (value: string, source: string, unsendable: readonly Unsendable[]): string => {
	const found = unsendable.find(([, pattern]) => pattern.test(value));
	if (found === undefined) return value;
	throw new ConfigurationError(`${source} contains ${found[0]}, so it can't be right: set it again without it`);
};

/**
 * Returns an access token, client id or client secret, if OAuth allows its characters: printable ASCII (RFC 6749, appendix A). Any other, such
 * as a line break of the terminal that it was copied from, would only fail later, after retries.
 *
 * @throws ConfigurationError which names its source, but not its value
 */
export const oauthCredential = ({ value, source }: { value: string; source: string }): string =>
	refuse(value, source, [...controls, ["a character that isn't ASCII", /\P{ASCII}/u]]);

/**
 * Returns a user name and password, if Basic authentication allows their characters: no control character in either, and no colon in the
 * name, which ends there (RFC 7617). Others are sent as UTF-8.
 *
 * @throws ConfigurationError which names a source, but no value
 */
export const basicCredentials = (
	username: { value: string; source: string },
	password: { value: string; source: string },
): BasicCredentials => ({
	username: refuse(username.value, username.source, [...controls, ["a colon", /:/]]),
	password: refuse(password.value, password.source, controls),
});
