import { isFine } from "../exchange";
import type { Part } from "../part";
import { described } from "../trial";

/** Whether clients of the older grants can still be made. */
export const olderGrants: Part = {
	name: "older grants",
	tries: ["A7", "A64", "A65"],
	async run(trial) {
		const implicit = await trial.makeClient("implicit", {
			authorizedGrantType: "TOKEN",
			registeredRedirectUri: ["https://contract.example/callback"],
		});
		trial.check("A7", isFine(implicit), described(implicit), implicit);
		const password = await trial.makeClient("password", { authorizedGrantType: "PASSWORD" });
		trial.check("A64", isFine(password), described(password), password);
		trial.fine(implicit, "the creation of a TOKEN client");
		const { secret } = implicit.body;
		trial.check(
			"A65",
			secret === undefined || secret === null || secret === "",
			secret === undefined ? "it has none" : "it has a field secret",
			implicit,
		);
	},
};
