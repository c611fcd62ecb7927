import type { BasicCredentials } from "./basic-credentials";
import { ConfigurationError } from "./errors";

/** What a setting contains that can't be sent, and which characters that are. */
type Unsendable = readonly [what: string, pattern: RegExp];

const controls: readonly Unsendable[] = [
	["a line break", /[\r\n]/],
	["a control character", /\p{Cc}/u],
];

const oauth: readonly Unsendable[] = [...controls, ["a character that isn't ASCII", /\P{ASCII}/u]];

function faultIn(value: string, unsendable: readonly Unsendable[]): string | undefined {
	const found = unsendable.find(([, pattern]) => pattern.test(value));
	return found && `contains ${found[0]}, so it can't be right: set it again without it`;
}

const refuse = (value: string, source: string, unsendable: readonly Unsendable[]): string => {
	const fault = faultIn(value, unsendable);
	if (fault === undefined) return value;
	throw new ConfigurationError(`${source} ${fault}`);
};

/**
 * What is wrong with an access token, client id or client secret: OAuth allows printable ASCII (RFC 6749, appendix A). Any other character,
 * such as a line break of the terminal or file that it was copied from, would only fail later, after retries.
 *
 * @returns the end of a sentence about it; undefined if nothing is wrong
 */
export const oauthFault = (value: string): string | undefined => faultIn(value, oauth);

/**
 * Returns an access token, client id or client secret, if OAuth allows its characters.
 *
 * @throws ConfigurationError which names its source, but not its value
 */
export const oauthCredential = ({ value, source }: { value: string; source: string }): string =>
	refuse(value, source, oauth);

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
