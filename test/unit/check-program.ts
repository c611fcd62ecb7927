import { check } from "../../provider/lifecycle/oauth-client/check";
import { type Properties, unknownValue } from "../../provider/lifecycle/properties";

export { unknownValue };

/** Programs with nothing wrong, one for each grant. */
export const service: Properties = {
	name: "CRM sync",
	authorizedGrantType: "CLIENT-CREDENTIALS",
	roleDivisions: [{ roleId: "r1" }],
};
export const webApp: Properties = {
	name: "Agent desktop",
	authorizedGrantType: "CODE",
	scope: ["users:readonly"],
	registeredRedirectUri: ["https://app.example.com/cb"],
};

/** What is wrong with a program, by property. */
export function failuresOf(program: Properties): Record<string, string> {
	return Object.fromEntries(check(program).failures.map(({ property, reason }) => [property, reason]));
}
