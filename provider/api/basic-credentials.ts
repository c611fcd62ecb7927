/** User name and password for HTTP Basic authentication. */
export interface BasicCredentials {
	username: string;
	password: string;
}

/** The value of the header that sends them. */
export const basicAuthorization = ({ username, password }: BasicCredentials): string =>
	`Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
