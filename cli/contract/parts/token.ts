import { fieldsOf } from "../../../provider/api/json";
import type { Part } from "../part";

/** What the API says of the login's own token. */
export const token: Part = {
	name: "the login's token",
	tries: ["A97"],
	async run(trial) {
		const { clientId } = trial.login;
		const answer = await trial.call("GET", "/api/v2/tokens/me");
		const { id } = fieldsOf(answer.body["OAuthClient"]);
		const said = typeof id !== "string" ? "nobody" : id === clientId ? "the login's client" : "another client";
		trial.check("A97", clientId !== undefined && id === clientId, `it names ${said}`, answer);
	},
};
