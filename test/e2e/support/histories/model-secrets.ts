import type { Organization, Simulator } from "../../../../simulator";
import type { Ledger } from "./ledger";
import type { Done } from "./done";
import { eachClient, type Program } from "./program";
import { type Entry, holdersOf, type Snapshot } from "./snapshot";
import { hold } from "./violation";

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** Whether a later run makes a new secret, as the state says. */
const waitsForRenewal = ({ outputs }: Entry) =>
	((outputs["pendingSecretSteps"] ?? []) as string[]).some((step) => step.startsWith("renew"));

/** The secret that a pair handed out last as the current one logs in, whatever became of a command: only a later rotation ends it. */
export function checkInUse(before: Snapshot, program: Program, { reset }: Ledger, organization: Organization): void {
	const adopted = new Set(eachClient(program).map(({ adopts }) => adopts));
	for (const { id, letter, isStandby, isOld, outputs, urn } of before.entries) {
		const secret = textOf(outputs["clientSecret"]);
		if (letter === undefined || isStandby || isOld || secret === "" || reset.has(id) || adopted.has(id)) continue;
		const isGone = organization.client(id) === undefined;
		hold("a pair's secret in use logs in", isGone || organization.checkSecret(id, secret), `${urn} ${id}`);
	}
}

/** Each secret in state is the client's; none that was known is forgotten; each credential has the client's. */
export function checkSecrets(
	{ name, before, after, outcome, isRefreshed, isDisturbed, target, program, urnOf, urnOfCredential }: Done,
	ledger: Ledger,
	{ organization }: Simulator,
): void {
	checkInUse(before, program, ledger, organization);
	const isDone = name === "up" && outcome.code === 0 && target === undefined;
	for (const entry of after.entries) {
		// The secret of a pair's standby client is renewed by a rotation and by nothing else.
		const isApplied = isDone && entry.stack === "test" && !entry.isStandby;
		const { id, kind, isOld, outputs, urn } = entry;
		const client = after.clients.get(id);
		if (kind !== "client" || isOld || client === undefined) continue;
		const secret = textOf(outputs["clientSecret"]);
		const isAdopted = [...program].some(
			([slot, { settings }]) => urnOf(slot) === urn && settings["adopt"] !== undefined,
		);
		// An adoption begins anew; a rename with an alias goes on.
		const earlier = holdersOf(before, id);
		const isNew = earlier.every((old) => old.urn !== urn);
		const former = isNew && isAdopted ? [] : earlier.filter((old) => isNew || old.urn === urn);
		// Nor does an import know a secret.
		const isForgotten =
			name !== "import" && secret === "" && former.some((old) => textOf(old.outputs["clientSecret"]) !== "");
		hold("a known secret is not forgotten", !isForgotten, urn);
		if (secret === "") continue;
		const isRight = organization.checkSecret(id, secret);
		if (isRight) ledger.reset.delete(id);
		const canTry = client.state === "active" && client.authorizedGrantType === "CLIENT-CREDENTIALS";
		const isCured = isApplied && isRefreshed && canTry;
		const isExcused = !isCured && (ledger.reset.has(id) || (!isApplied && waitsForRenewal(entry)));
		const rule = isCured ? "a secret in state logs in after up --refresh" : "a secret in state logs in";
		hold(rule, isRight || isExcused, `${urn} ${id}, pending: ${JSON.stringify(outputs["pendingSecretSteps"] ?? [])}`);
		hold("nothing is left to do with a secret", !isApplied || !waitsForRenewal(entry), urn);
	}
	if (!isDone || isDisturbed) return;
	for (const [slot, { hasCredential }] of program) {
		const client = after.entries.find(({ urn, isOld }) => urn === urnOf(slot) && !isOld);
		if (!hasCredential || client === undefined) continue;
		const urnOfIts = urnOfCredential(slot);
		const credential = after.entries.find(({ urn, isOld }) => urn === urnOfIts && !isOld);
		const fields = { clientId: client.id, clientSecret: textOf(client.outputs["clientSecret"]) };
		const isRight = credential !== undefined && organization.checkCredential(credential.id, fields);
		hold("a credential has its client's id and secret", isRight, urnOfIts);
	}
}
