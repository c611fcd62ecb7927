import type { OAuthClient } from "../../provider/api/models";
import { check } from "../../provider/lifecycle/oauth-client/check";
import { argumentNames, settingNames } from "../../provider/lifecycle/oauth-client/arguments";
import { carriedStateOf, toInputs, toOutputs } from "../../provider/lifecycle/oauth-client/state";
import type { Properties } from "../../provider/lifecycle/properties";
import { changedSettings, isManaged } from "../../provider/lifecycle/oauth-client/settings";

/** A client as a program declares it, or why no program can. */
export type Declaration =
	| {
			/** The arguments, in the order of the program. */
			args: Properties;
	  }
	| {
			/** Why the client can't be declared. */
			reason: string;
	  };

/**
 * The shortest declaration that adopts a client without changing it, by the provider's own rules: without values that are defaults,
 * and without the division of a role in the home division.
 */
export function declarationOf(client: OAuthClient, homeDivisionId: string | undefined): Declaration {
	const outputs = toOutputs(client, {
		...carriedStateOf({}),
		options: { adopt: { clientId: client.id, rotateSecret: false } },
		homeDivisionId,
	});
	const all = toInputs(outputs);
	// The provider refuses scopes for CLIENT-CREDENTIALS and roles for other grants, where they have no effect.
	for (const name of settingNames.filter((setting) => !isManaged(setting, all))) delete all[name];
	const { inputs, failures } = check(all);
	if (failures.length > 0) {
		return { reason: failures.map(({ property, reason }) => `${property} ${reason}`).join("; ") };
	}
	const changed = changedSettings({ ...outputs }, inputs, homeDivisionId);
	if (changed.length > 0) return { reason: `declaring it would change its ${changed.join(", ")}` };
	return {
		args: Object.fromEntries(argumentNames.filter((name) => name in inputs).map((name) => [name, inputs[name]])),
	};
}
