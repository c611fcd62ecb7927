import type { Answer } from "../exchange";
import type { Part } from "../part";
import { described, type Trial } from "../trial";
import { credentialsOf, textOf } from "./answer-fields";
import { firstLogin } from "./first-login";

/** The lifetime of the client's tokens, in seconds. */
const lifetime = 600;

/** What the login says of a refusal. */
export const saidBy = ({ body }: Answer): string => textOf(body["error_description"] ?? body["description"]);

/** A secret that is wrong. */
export const wrong = (secret: string): string => `${secret.slice(0, -4)}wrong`;

/** What the login answers to active clients, unknown ones, and those of another grant. */
export const refusedLogins: Part = {
	name: "refused logins",
	tries: ["A3", "A21", "A22", "A23", "A24", "A27"],
	async run(trial) {
		const settings = { accessTokenValiditySeconds: lifetime };
		const service = credentialsOf(trial.fine(await trial.makeClient("login", settings), "the creation of a client"));
		const { body } = await firstLogin(trial, service);
		trial.check("A24", body["expires_in"] === lifetime - 1, `${String(body["expires_in"])} s of ${lifetime} s`);

		const wrongSecret = await trial.logIn({ id: service.id, secret: wrong(service.secret) });
		const unknown = await trial.logIn({ id: crypto.randomUUID(), secret: service.secret });
		const without = await trial.logIn(undefined);
		const otherType = await trial.logIn(service, { grant_type: "password" });
		trial.check(
			"A22",
			unknown.code === "invalid_client" && saidBy(unknown) === "authentication failed",
			described(unknown),
			unknown,
		);
		trial.check(
			"A27",
			without.code === "invalid_request" && otherType.code === "unsupported_grant_type",
			`no credentials: ${described(without)}; another grant_type: ${described(otherType)}`,
			without,
		);
		const refusals = [wrongSecret, unknown, without, otherType];
		const other = refusals.find(({ status }) => status !== 400);
		trial.check("A21", other === undefined, refusals.map(({ status }) => status).join(", "), other ?? wrongSecret);
		await tryOtherGrant(trial);
	},
};

async function tryOtherGrant(trial: Trial): Promise<void> {
	const registeredRedirectUri = ["https://contract.example/callback"];
	const made = await trial.makeClient("login by code", { authorizedGrantType: "CODE", registeredRedirectUri });
	const client = credentialsOf(trial.fine(made, "the creation of a CODE client"));
	let right = await trial.logIn(client);
	// Until the login knows the client.
	await trial.secondsUntil([0, 10, 25, 40, 55], async () => {
		if (right.code === "invalid_client") right = await trial.logIn(client);
		return right.code !== "invalid_client";
	});
	const wrongOne = await trial.logIn({ id: client.id, secret: wrong(client.secret) });
	const isAsAssumed = right.code === "unauthorized_client" && wrongOne.code === "invalid_client";
	trial.check("A3", isAsAssumed, `right: ${described(right)}; wrong: ${described(wrongOne)}`, right);
	const text = "client is not authorized to use the client_credential grant type";
	trial.check("A23", right.code === "unauthorized_client" && saidBy(right) === text, described(right), right);
}
