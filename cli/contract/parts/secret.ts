import { isFine } from "../exchange";
import type { Part } from "../part";
import { described } from "../trial";
import { credentialsOf, textOf } from "./answer-fields";
import { firstLogin } from "./first-login";

/** When to try, in seconds. */
const tries = [0, 1, 5, 7, 10, 20, 30, 55];
/** After how long the login is assumed to know a new secret, in seconds. */
const knownWithin = 7;

/** What a new secret does, and when. */
export const newSecret: Part = {
	name: "a new secret",
	tries: ["A1", "A17", "A18", "A66", "A68"],
	async run(trial) {
		const made = trial.fine(await trial.makeClient("secret"), "the creation of a client");
		const old = credentialsOf(made);
		const token = textOf((await firstLogin(trial, old)).body["access_token"]);
		await trial.wait(2000);

		const posted = await trial.call("POST", `/api/v2/oauth/clients/${old.id}/secret`);
		trial.fine(posted, "POST secret");
		const fresh = credentialsOf(posted);
		const since = trial.clock.now();
		let [isKnown, isOver]: (number | undefined)[] = [];
		await trial.secondsUntil(tries, async () => {
			const passed = Math.round((trial.clock.now() - since) / 1000);
			if (isKnown === undefined && isFine(await trial.logIn({ id: old.id, secret: fresh.secret }))) isKnown = passed;
			if (isOver === undefined && !isFine(await trial.logIn(old))) isOver = passed;
			return isKnown !== undefined && isOver !== undefined;
		});
		const after = (seconds: number | undefined) =>
			seconds === undefined ? `not after ${tries.at(-1)} s` : `after ${seconds} s`;
		trial.check("A1", isKnown !== undefined && isKnown <= knownWithin, `accepted ${after(isKnown)}`);
		trial.check("A17", isOver !== undefined && isOver <= 1, `the old one is refused ${after(isOver)}`);

		await trial.wait(since + 20_000 - trial.clock.now());
		const used = await trial.call("GET", "/api/v2/tokens/me", { token });
		trial.check("A18", used.status !== 401, `20 s later: ${described(used)}`, used);

		const dates = [made.body["dateModified"], posted.body["dateModified"]].map((date) => Date.parse(textOf(date)));
		const [before = NaN, later = NaN] = dates;
		trial.check("A66", later > before, `dateModified is ${(later - before) / 1000} s later`, posted);

		const unknown = await trial.call("POST", `/api/v2/oauth/clients/${trial.unknownId()}/secret`);
		trial.check("A68", unknown.status === 404 && unknown.code === "not.found", described(unknown), unknown);
	},
};
