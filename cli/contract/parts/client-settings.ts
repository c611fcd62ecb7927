import { isFine } from "../exchange";
import type { Part } from "../part";
import { described, type Trial } from "../trial";
import { entityOf, listOf, textOf } from "./answer-fields";
import { found } from "./found";

const uris = ["https://contract.example/callback"];
/** The lifetimes in seconds: the shortest, the longest, what a client gets that is told none, and the longest for SCIM. */
const lifetimes = { shortest: 300, longest: 172_800, usual: 86_400, longestOfScim: 38_880_000 };
/** When to look for a change, in seconds. */
const looks = [0, 1, 5, 10, 20, 30];

/** What a PUT does, and which settings are accepted. */
export const clientSettings: Part = {
	name: "a client's settings",
	tries: ["A41", "A42", "A43", "A44", "A45", "A46", "A47", "A48"],
	async run(trial) {
		const settings = trial.clientSettings("settings", {
			description: "first",
			registeredRedirectUri: uris,
			accessTokenValiditySeconds: lifetimes.longest,
		});
		const made = await trial.call("POST", "/api/v2/oauth/clients", { json: settings });
		const kept = listOf(made.body["registeredRedirectUri"]);
		trial.check(
			"A45",
			isFine(made) && kept[0] === uris[0],
			isFine(made) ? `it has ${kept.length}` : described(made),
			made,
		);
		trial.fine(made, "the creation of a client");
		const path = `/api/v2/oauth/clients/${textOf(made.body["id"])}`;
		await found(trial, path);
		const put = async (changes: Record<string, unknown>) =>
			trial.call("PUT", path, { json: { ...settings, ...changes } });

		await tryChange(trial, path, put);
		const asRead = await trial.call("GET", path);
		const whole = await trial.call("PUT", path, {
			json: {
				...asRead.body,
				dateCreated: "2020-01-01T00:00:00.000Z",
				createdBy: { id: crypto.randomUUID() },
				description: "third",
			},
		});
		const isIgnored = isFine(whole) && whole.body["dateCreated"] === asRead.body["dateCreated"];
		trial.check("A43", isIgnored, isFine(whole) ? "dateCreated and createdBy were sent" : described(whole), whole);
		await tryBounds(trial, put, made.body["accessTokenValiditySeconds"]);
		await tryGrant(trial, put);
	},
};

type Put = (changes: Record<string, unknown>) => ReturnType<Trial["call"]>;

async function tryChange(trial: Trial, path: string, put: Put): Promise<void> {
	const changed = trial.fine(await put({ description: "second" }), "a PUT");
	const seen = await trial.secondsUntil(looks, async () => {
		const [read, list] = [await trial.call("GET", path), await trial.call("GET", "/api/v2/oauth/clients")];
		const listed = entityOf(list, textOf(changed.body["id"]));
		return [read.body, listed].every((client) => client?.["description"] === "second");
	});
	trial.check(
		"A41",
		seen !== undefined && seen <= 1,
		`seen ${seen === undefined ? `not after ${looks.at(-1)} s` : `after ${seen} s`}`,
		changed,
	);
}

async function tryBounds(trial: Trial, put: Put, longest: unknown): Promise<void> {
	const shortest = await put({ accessTokenValiditySeconds: lifetimes.shortest });
	const bare = await put({
		description: undefined,
		registeredRedirectUri: undefined,
		accessTokenValiditySeconds: undefined,
	});
	const { description, registeredRedirectUri, accessTokenValiditySeconds: usual } = bare.body;
	const isBare = textOf(description) === "" && listOf(registeredRedirectUri).length === 0;
	trial.check(
		"A42",
		isFine(bare) && isBare && usual !== lifetimes.shortest,
		isBare ? `description and redirect URIs are empty, the lifetime is ${String(usual)} s` : "they are as before",
		bare,
	);
	const seen = [shortest.body["accessTokenValiditySeconds"], longest, usual].map(String).join(", ");
	trial.check(
		"A46",
		seen === `${lifetimes.shortest}, ${lifetimes.longest}, ${lifetimes.usual}`,
		`shortest, longest, default: ${seen}`,
		bare,
	);
	const refused = [
		await put({ accessTokenValiditySeconds: lifetimes.shortest - 1 }),
		await put({ name: "" }),
		await put({ registeredRedirectUri: ["no uri"] }),
	];
	const other = refused.find(({ status, code }) => status !== 400 || code !== "constraint.validation");
	trial.check(
		"A48",
		other === undefined,
		`lifetime, name, URI: ${refused.map((answer) => described(answer)).join(" · ")}`,
		other ?? refused[0],
	);
}

async function tryGrant(trial: Trial, put: Put): Promise<void> {
	const tooLong = await put({ accessTokenValiditySeconds: lifetimes.longest + 1 });
	const code = {
		authorizedGrantType: "CODE",
		scope: ["users:readonly"],
		accessTokenValiditySeconds: lifetimes.longest,
	};
	const changed = await put(code);
	const { authorizedGrantType: grant, roleIds, roleDivisions, scope } = changed.body;
	const roles = listOf(roleIds).length + listOf(roleDivisions).length;
	const isChanged = isFine(changed) && grant === "CODE" && roles === 0 && listOf(scope).length === 1;
	trial.check(
		"A44",
		isChanged,
		isFine(changed) ? `${String(grant)} with ${roles} roles and ${listOf(scope).length} scopes` : described(changed),
		changed,
	);
	const scim = await put({ ...code, scope: ["scim"], accessTokenValiditySeconds: lifetimes.longestOfScim });
	trial.check(
		"A47",
		tooLong.status === 400 && isFine(scim),
		`others: ${described(tooLong)}; with the scope scim: ${described(scim)}`,
		isFine(scim) ? tooLong : scim,
	);
}
