import type { LifecycleContext } from "../context";
import { loginEndOf, requireOtherLogin } from "../oauth-client/own-login";
import type { PairPlan } from "./plan";
import { idIn, letters } from "./state";

/** Refuses what ends the login with one of the clients of a pair, as `requireOtherLogin` does, before any of them is changed. */
export async function requireOtherLogins(context: LifecycleContext, { clients, replaces }: PairPlan): Promise<void> {
	for (const letter of letters) {
		const { olds, inputs, plan } = clients[letter];
		if (olds === undefined || plan === undefined) continue;
		await requireOtherLogin(context, idIn(olds), inputs, loginEndOf(olds, inputs, { ...plan, replaces }));
	}
}
