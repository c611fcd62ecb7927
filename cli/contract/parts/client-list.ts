import { isFine } from "../exchange";
import type { Part } from "../part";
import { described } from "../trial";
import { entitiesOf, entityOf, textOf } from "./answer-fields";
import { found } from "./found";

const path = "/api/v2/oauth/clients";
/** When to look, in seconds. */
const looks = [0, 1, 5, 10, 20, 30];

/** What the list of clients has. */
export const clientList: Part = {
	name: "the list of clients",
	tries: ["A37", "A38", "A39", "A52", "A53"],
	async run(trial) {
		const settings = trial.clientSettings("list");
		const made = trial.fine(await trial.call("POST", path, { json: settings }), "the creation of a client");
		const id = textOf(made.body["id"]);

		await found(trial, `${path}/${id}`);
		const same = await trial.call("POST", path, { json: settings });
		trial.check("A52", isFine(same), isFine(same) ? "a second one of the name was created" : described(same), same);

		const inactive = trial.fine(
			await trial.call("PUT", `${path}/${id}`, { json: { ...settings, state: "inactive" } }),
			"setting a client to inactive",
		);
		let list = await trial.call("GET", path);
		const seconds = await trial.secondsUntil(looks, async () => {
			list = trial.fine(await trial.call("GET", path), "the list");
			return entityOf(list, id)?.["state"] === "inactive";
		});
		const shown = entityOf(list, id);
		trial.check(
			"A38",
			seconds !== undefined,
			seconds === undefined
				? `${shown === undefined ? "missing" : "still active"} after ${looks.at(-1)} s`
				: `seen after ${seconds} s`,
			list,
		);

		const { nextUri, pageCount } = list.body;
		const missing = shown === undefined ? [] : Object.keys(inactive.body).filter((field) => !(field in shown));
		const isOnePage =
			(nextUri === undefined || nextUri === null) && (pageCount === undefined || Number(pageCount) <= 1);
		const fields = missing.length === 0 ? "with all fields of a client" : `without ${missing.join(", ")}`;
		trial.check(
			"A37",
			isOnePage && missing.length === 0,
			`${entitiesOf(list).length} on ${isOnePage ? "one page" : "the first page"}, ${fields}`,
			list,
		);

		const { clientId } = trial.login;
		const own = clientId === undefined ? undefined : entityOf(list, clientId);
		if (clientId === undefined) trial.untried("A39", "the token doesn't say which client logged in");
		else trial.check("A39", own !== undefined, own === undefined ? "it is missing" : "it is there", list);

		const nameless = entitiesOf(list).filter(({ name }) => textOf(name).trim() === "").length;
		const refused = await trial.call("POST", path, { json: { ...settings, name: undefined } });
		trial.check(
			"A53",
			nameless === 0 && refused.status === 400,
			`${nameless} in the list have none; a request without one: ${described(refused)}`,
			refused,
		);
	},
};
