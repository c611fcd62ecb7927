import { service, webApp } from "./clients";

const oauthClient = "genesyscloud-oauth:OAuthClient";

/** A service, as a program in YAML declares it. */
export const yamlService = (change: Record<string, unknown> = {}, options: object = {}) => ({
	type: oauthClient,
	properties: service(change).args,
	options,
});

/** A web application, as a program in YAML declares it. */
export const yamlWebApp = (change: Record<string, unknown> = {}, options: object = {}) => ({
	type: oauthClient,
	properties: webApp(change).args,
	options,
});

/** The outputs of a client that tests read. */
export const outputsOfApp = { app: { id: "${app.clientId}", secret: "${app.clientSecret}" } };

/** Pulumi's output without its warnings about plugins on PATH. */
export const withoutPathWarnings = (output: string): string =>
	output
		.split("\n")
		.filter((line) => !line.includes("from $PATH"))
		.join("\n");
