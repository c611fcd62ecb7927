import { fingerprintOf } from "./secret-rotation";
import type { CarriedState, Subject } from "./state";
import type { Properties } from "../properties";

/** Whether the state keeps the secret, unless the program says otherwise. */
export const keepsSecret = ({ keepSecretInState }: Properties): boolean => keepSecretInState !== false;

/** Whether the secret is lost with the run unless the sink gets it: it is new, and the state doesn't keep it. */
export const isOnlyHere = ({ inputs, carried, secretInState }: Subject): boolean =>
	!keepsSecret(inputs) && carried.clientSecret !== "" && carried.clientSecret !== secretInState;

/**
 * What state is told of a client's secret. One that it doesn't keep leaves it once the sink has it. A new one never gets there: if the sink hasn't got
 * it, nobody has, and the next run makes another.
 */
export function carriedOver(subject: Subject): CarriedState {
	const { carried, inputs } = subject;
	const { clientSecret, pendingSecretSteps } = carried;
	if (keepsSecret(inputs) || clientSecret === "") return carried;
	const isStored = !pendingSecretSteps.includes("store");
	if (!isStored && !isOnlyHere(subject)) return carried;
	return {
		...carried,
		clientSecret: "",
		secretFingerprint: isStored ? fingerprintOf(clientSecret) : "",
		// Nobody can try it any more.
		pendingSecretSteps: isStored ? pendingSecretSteps.filter((step) => step !== "verify") : ["renew"],
	};
}
