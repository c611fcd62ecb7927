import { isIP } from "node:net";
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { clientRule } from "./client-rule";
import { NotYetKnown } from "./not-yet-known";
import type { RuleDefinition, RuleOptions, Settings } from "./rule";

/** The options of {@link requireHttpsRedirectUris}. */
export interface HttpsRedirectUrisOptions extends RuleOptions {
	/**
	 * Whether plain http is fine where it doesn't leave the machine: `localhost` and the loopback addresses.
	 *
	 * @default false
	 */
	allowLoopback?: boolean;
	/**
	 * The schemes of native applications that are fine, such as `com.example.app`.
	 *
	 * @default []
	 */
	privateUseSchemes?: string[];
}

/** Redirect URIs are https. Mandatory by default. */
export function requireHttpsRedirectUris(options: HttpsRedirectUrisOptions = {}): ResourceValidationPolicy {
	const whyAndChange =
		"Whoever is on the way, or has taken the scheme on the user's machine, can catch the login code. Change it to https; the rule's options allowLoopback and privateUseSchemes let development machines and native applications through.";
	return redirectUriRule<HttpsRedirectUrisOptions>(
		{
			name: "require-https-redirect-uris",
			description: "Redirect URIs are https.",
			enforcementLevel: "mandatory",
			options: {
				allowLoopback: {
					type: "boolean",
					description: "Whether http is fine on localhost and the loopback addresses.",
					default: false,
				},
				privateUseSchemes: {
					type: "array",
					items: { type: "string" },
					description: "Schemes of native applications that are fine, such as com.example.app.",
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
			ofOne: `isn't https. ${whyAndChange}`,
			ofMany: `aren't https. ${whyAndChange.replace("Change it", "Change them")}`,
			tellsOfUnknown: true,
		},
		options,
	);
}

/** No redirect URI has a wildcard. Mandatory by default. */
export function noWildcardRedirectUris(options: RuleOptions = {}): ResourceValidationPolicy {
	return redirectUriRule<RuleOptions>(
		{
			name: "no-wildcard-redirect-uris",
			description: "No redirect URI has a wildcard.",
			enforcementLevel: "mandatory",
			options: {},
			isWrong: (uri) => uri.includes("*") || hostOf(URL.parse(uri)).includes("*"),
			ofOne:
				"has a wildcard (*). Login codes can be sent to every address that it covers, so whoever gets hold of one of them gets the codes. Put the addresses that the application really has in its place.",
		},
		options,
	);
}

/** No redirect URI has a fragment. Mandatory by default. */
export function noFragmentRedirectUris(options: RuleOptions = {}): ResourceValidationPolicy {
	return redirectUriRule<RuleOptions>(
		{
			name: "no-fragment-redirect-uris",
			description: "No redirect URI has a fragment.",
			enforcementLevel: "mandatory",
			options: {},
			isWrong: (uri) => uri.includes("#"),
			ofOne:
				"has a fragment (#). OAuth forbids it (RFC 6749, section 3.1.2): what follows the # stays in the browser, open to every script of the page. Take out the # and what follows it.",
		},
		options,
	);
}

/** No redirect URI has an IP address for a host, loopback addresses apart. Mandatory by default. */
export function noIpRedirectUris(options: RuleOptions = {}): ResourceValidationPolicy {
	return redirectUriRule<RuleOptions>(
		{
			name: "no-ip-redirect-uris",
			description: "No redirect URI has an IP address in place of a host name.",
			enforcementLevel: "mandatory",
			options: {},
			isWrong: (uri) => {
				const host = hostOf(URL.parse(uri));
				return isIP(host) !== 0 && !isLoopback(host);
			},
			ofOne:
				"has an IP address for a host. Addresses are handed on, so login codes may one day reach a stranger's machine. Use a host name that is yours.",
		},
		options,
	);
}

/** A rule that some redirect URIs break. */
interface RedirectUriRule<Options extends RuleOptions> extends RuleDefinition<Options> {
	isWrong(uri: string, settings: Settings<Options>): boolean;
	/** What to say of a redirect URI that breaks it, after "The redirect URI". */
	ofOne: string;
	/** The same of several; by default with "have" for "has". */
	ofMany?: string;
	/** Whether it tells of URIs that aren't known yet: one of these rules is enough. */
	tellsOfUnknown?: boolean;
}

function redirectUriRule<Options extends RuleOptions>(
	rule: RedirectUriRule<Options>,
	given: Options,
): ResourceValidationPolicy {
	return clientRule<Options>(
		{
			...rule,
			violations: (client, settings, unknown) => {
				const reader = rule.tellsOfUnknown ? unknown : new NotYetKnown();
				const uris = reader.items(() => client.registeredRedirectUri);
				const wrong = uris.filter(({ item }) => typeof item === "string" && rule.isWrong(item, settings));
				if (wrong.length === 0) return [];
				const count = client.registeredRedirectUri?.length ?? 0;
				if (count === 1) return [`The redirect URI ${rule.ofOne}`];
				// Which they are is said by their places, as the preview shows them: the URIs themselves may be secret.
				const which = `in alphabetical order ${listed(wrong.map(({ place }) => place))} of ${count}`;
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
const listed = (places: number[]) => new Intl.ListFormat("en-GB").format(places.map((place) => `number ${place}`));
