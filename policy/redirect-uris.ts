import { isIP } from "node:net";
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { clientRule } from "./resource-rule";
import type { RuleDefinition, RuleOptions, Settings } from "./rule";
import { UnknownValues } from "./unknown-values";

/** The options of {@link requireHttpsRedirectUris}. */
export interface HttpsRedirectUrisOptions extends RuleOptions {
	/**
	 * Allow http where it doesn't leave the machine: on `localhost` and the loopback addresses.
	 *
	 * @default false
	 */
	allowLoopback?: boolean;
	/**
	 * Allowed schemes of native applications, such as `com.example.app`.
	 *
	 * @default []
	 */
	privateUseSchemes?: string[];
}

/** Redirect URIs must use https. Mandatory by default. */
export function requireHttpsRedirectUris(options: HttpsRedirectUrisOptions = {}): ResourceValidationPolicy {
	const whyAndFix =
		"An attacker on the network, or an application that registered the scheme on the user's machine, can intercept the authorization code. Change it to https; to allow development machines and native applications, set the rule's options allowLoopback and privateUseSchemes.";
	return redirectUriRule<HttpsRedirectUrisOptions>(
		{
			name: "require-https-redirect-uris",
			description: "Redirect URIs must use https.",
			enforcementLevel: "mandatory",
			options: {
				allowLoopback: {
					type: "boolean",
					description: "Allow http on localhost and the loopback addresses.",
					default: false,
				},
				privateUseSchemes: {
					type: "array",
					items: { type: "string" },
					description: "Allowed schemes of native applications, such as com.example.app.",
					default: [],
				},
			},
			isWrong: (uri, { allowLoopback, privateUseSchemes }) => {
				const url = URL.parse(uri);
				const scheme = url?.protocol.slice(0, -1);
				return !(
					scheme === "https" ||
					(scheme === "http" && allowLoopback && isLoopback(hostOf(url))) ||
					privateUseSchemes.some((allowed) => allowed.replace(/:(\/\/)?$/, "").toLowerCase() === scheme)
				);
			},
			ofOne: `isn't https. ${whyAndFix}`,
			ofMany: `aren't https. ${whyAndFix.replace("Change it", "Change them")}`,
			reportsUnknown: true,
		},
		options,
	);
}

/** Redirect URIs must not have a wildcard. Mandatory by default. */
export function noWildcardRedirectUris(options: RuleOptions = {}): ResourceValidationPolicy {
	return redirectUriRule<RuleOptions>(
		{
			name: "no-wildcard-redirect-uris",
			description: "Redirect URIs must not have a wildcard.",
			enforcementLevel: "mandatory",
			options: {},
			isWrong: (uri) => uri.includes("*") || hostOf(URL.parse(uri)).includes("*"),
			ofOne:
				"has a wildcard (*). Authorization codes can then be sent to every address that it matches, so whoever controls one of them gets the codes. List the application's real addresses instead.",
		},
		options,
	);
}

/** Redirect URIs must not have a fragment. Mandatory by default. */
export function noFragmentRedirectUris(options: RuleOptions = {}): ResourceValidationPolicy {
	return redirectUriRule<RuleOptions>(
		{
			name: "no-fragment-redirect-uris",
			description: "Redirect URIs must not have a fragment.",
			enforcementLevel: "mandatory",
			options: {},
			isWrong: (uri) => uri.includes("#"),
			ofOne:
				"has a fragment (#). OAuth forbids it (RFC 6749, section 3.1.2): what follows the # stays in the browser, where every script of the page can read it. Remove the # and what follows it.",
		},
		options,
	);
}

/** Redirect URIs must not have an IP address as host, except loopback addresses. Mandatory by default. */
export function noIpRedirectUris(options: RuleOptions = {}): ResourceValidationPolicy {
	return redirectUriRule<RuleOptions>(
		{
			name: "no-ip-redirect-uris",
			description: "Redirect URIs must not have an IP address as host.",
			enforcementLevel: "mandatory",
			options: {},
			isWrong: (uri) => {
				const host = hostOf(URL.parse(uri));
				return isIP(host) !== 0 && !isLoopback(host);
			},
			ofOne:
				"has an IP address as host. IP addresses are reassigned, so authorization codes may one day reach a stranger's machine. Use a host name that you control.",
		},
		options,
	);
}

/** A rule that looks at one redirect URI at a time. */
interface RedirectUriRule<Options extends RuleOptions> extends RuleDefinition<Options> {
	isWrong(uri: string, settings: Settings<Options>): boolean;
	/** The message for one redirect URI that breaks the rule, after "The redirect URI". */
	ofOne: string;
	/** The message for several; by default `ofOne` with "have" instead of "has". */
	ofMany?: string;
	/** Whether it reports URIs that are still unknown: one of these rules is enough. */
	reportsUnknown?: boolean;
}

function redirectUriRule<Options extends RuleOptions>(
	rule: RedirectUriRule<Options>,
	given: Options,
): ResourceValidationPolicy {
	return clientRule<Options>(
		{
			...rule,
			violations: (client, settings, unknowns) => {
				const reader = rule.reportsUnknown ? unknowns : new UnknownValues();
				const uris = reader.items(() => client.registeredRedirectUri);
				const wrong = uris.filter(({ item }) => typeof item === "string" && rule.isWrong(item, settings));
				if (wrong.length === 0) return [];
				const count = client.registeredRedirectUri?.length ?? 0;
				if (count === 1) return [`The redirect URI ${rule.ofOne}`];
				// They are named by their positions, as the preview shows them: the URIs themselves may be secret.
				const which = `${listed(wrong.map(({ position }) => position))} of ${count} in alphabetical order`;
				return wrong.length === 1
					? [`One redirect URI (${which}) ${rule.ofOne}`]
					: [`${wrong.length} redirect URIs (${which}) ${rule.ofMany ?? rule.ofOne.replace(/^has /, "have ")}`];
			},
		},
		given,
	);
}

const hostOf = (url: URL | null): string => url?.hostname.replace(/^\[|\]$/g, "") ?? "";
const isLoopback = (host: string) =>
	host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
const listed = (positions: number[]) =>
	new Intl.ListFormat("en-GB").format(positions.map((position) => `number ${position}`));
