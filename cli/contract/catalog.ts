import type { Assumption } from "./assumption";

/** What is assumed about the API, in the order and the words of the table in docs/simulator.md. */
export const assumptions: readonly Assumption[] = [
	{
		id: "A1",
		assumes: "The login accepts a new secret at once, or within 7 s",
		depends:
			"Tries after 10, 25, 40 and 55 s: right for a lag of up to 55 s, or of up to 15 s where refusals are cached. Then the run fails with the secret in state, calls no sink, and the next run rotates again",
	},
	{
		id: "A2",
		assumes: "`invalid_client` means a wrong secret",
		depends:
			'Takes only "authentication failed", or no text, that has lasted for 45 s and of an active client for a wrong secret; after other words the secret is tried again by the next run. Where a denied address says the same, it is taken for a reset',
	},
	{
		id: "A3",
		assumes: "A right secret of another grant is refused as `unauthorized_client`, a wrong one as `invalid_client`",
		depends: "Takes each secret of another grant than CLIENT-CREDENTIALS for right: a reset of it isn't noticed",
	},
	{
		id: "A4",
		assumes: "`GET /integrations?credentialId=` filters",
		depends: "Reads the configuration of each listed integration: one GET each",
	},
	{
		id: "A5",
		assumes: "`basicAuth` needs userName; the password is optional",
		depends: "Sends what the program has; `checkType` warns of what the type requires",
	},
	{
		id: "A6",
		assumes: "A usage row has only the fields it is grouped by",
		depends: "`getOAuthClientUsage` leaves out the empty texts, and counts that weren't asked for",
	},
	{
		id: "A7",
		assumes: "New TOKEN clients can be created",
		depends:
			"Warns in the preview of a new one; the create fails with the API's reason, a replacement before it deletes",
	},
	{
		id: "A8",
		assumes: "CLIENT-CREDENTIALS clients need no allowed addresses",
		depends: "The create fails with the API's reason: there is no argument for it",
	},
	{
		id: "A9",
		assumes: "A client has roleIds or roleDivisions, as it was sent",
		depends: "Compares the form that the program has; a change between the forms of the same roles is no change",
	},
	{
		id: "A10",
		assumes: "createdBy and modifiedBy have a name",
		depends:
			"`getOAuthClients({ createdBy })` finds OAuth clients by name, and whoever is named anywhere; otherwise it is an error with the ids. By id it finds all",
	},
	{
		id: "A11",
		assumes: "createdBy is the login's client",
		depends:
			'"user": until a create of its own has shown whom the API names, a run asks about a person\'s client of the same name too. "absent": asks about each client of the name made within 24 hours; after a POST without answer it may take somebody else\'s client, made in the same moment with the same settings, for its own',
	},
	{
		id: "A12",
		assumes: "An inactive client younger than 30 days stays",
		depends: '`deletion: "deactivate"` and a standby set to inactive are deletions; the next run finds the client gone',
	},
	{
		id: "A13",
		assumes: "A PUT to inactive starts 7 days, shown in dateToDelete",
		depends: "Shows what the API returns",
		untried: "it needs a client older than 30 days",
	},
	{
		id: "A14",
		assumes: "DELETE of an inactive client succeeds at once",
		depends: "Sets the client back to active and fails",
	},
	{
		id: "A15",
		assumes: "DELETE answers 204",
		depends: "Accepts any 2xx",
	},
	{
		id: "A16",
		assumes: "After DELETE, GET is 404 at once",
		depends: "Keeps in state what GET still shows or the list still has",
	},
	{
		id: "A17",
		assumes: "A replaced secret stops at once",
		depends: "Sees a reset only when the old secret has stopped",
	},
	{
		id: "A18",
		assumes: "Tokens stay valid when the secret is replaced",
		depends: "Logs in again after a 401 and repeats the call",
	},
	{
		id: "A19",
		assumes: "Tokens of an inactive client stay valid",
		depends: "Says so in the documentation",
	},
	{
		id: "A20",
		assumes: "Tokens of a deleted client end",
		depends: "Says so in the documentation",
	},
	{
		id: "A21",
		assumes: "The login refuses with 400",
		depends: "Takes 400 and 401 alike",
	},
	{
		id: "A22",
		assumes: 'An unknown client is "authentication failed"',
		depends: "Shows the text, decides by the code",
	},
	{
		id: "A23",
		assumes: "The text of a wrong grant, as above",
		depends: "Shows the text",
	},
	{
		id: "A24",
		assumes: "expires_in is a second less than the client's lifetime",
		depends: "Renews a minute early",
	},
	{
		id: "A25",
		assumes: "An inactive or disabled client is `invalid_client`",
		depends:
			"A refresh asks for logins of active clients only. When a new secret is refused, the client is read: the secret of one that was disabled since the last refresh stays in state, to be tried later; the one before has ended",
	},
	{
		id: "A26",
		assumes: "The login checks client, throttle, secret, state, grant",
		depends: "As A3",
	},
	{
		id: "A27",
		assumes: "No credentials: `invalid_request`; another grant_type: `unsupported_grant_type`",
		depends: "Never meets it",
	},
	{
		id: "A28",
		assumes: 'The login throttles a client, "rate limit exceeded; ..."',
		depends: "Waits for that text only; another one is a refused login",
		untried: "a throttled login would lock other programs out that use the same client",
	},
	{
		id: "A29",
		assumes: "Each token has 300 calls a minute",
		depends: "Waits at each 429",
	},
	{
		id: "A30",
		assumes: "An expired token is `bad.credentials`",
		depends: "Takes every 401 alike",
	},
	{
		id: "A31",
		assumes: "The minute of the rate limit ends within 60 s",
		depends: "Waits until the time said, up to 300 s",
	},
	{
		id: "A32",
		assumes: "A 429 has the rate-limit headers",
		depends: "Waits by `Retry-After` first",
		untried: "a 429 needs more than 300 calls in a minute; a run makes fewer in all",
	},
	{
		id: "A33",
		assumes: "A 429 is `too.many.requests`",
		depends: "Decides by status and headers",
		untried: "a 429 needs more than 300 calls in a minute; a run makes fewer in all",
	},
	{
		id: "A34",
		assumes: "A missing permission is `missing.any.permissions`",
		depends: "Decides by the status",
	},
	{
		id: "A35",
		assumes: "A scope refusal names all scopes in brackets",
		depends: "Shows the text",
		untried:
			"it needs a token of few scopes and an organization that enforces them, which is a setting for all its clients",
	},
	{
		id: "A36",
		assumes: "Checks: token, rate, permission, scope, body, client, content",
		depends: "Shows the one that came",
	},
	{
		id: "A37",
		assumes: "All clients are on one page of the list",
		depends: "Follows nextUri and pageCount",
	},
	{
		id: "A38",
		assumes: "The list has inactive clients",
		depends: "Reads it by id",
	},
	{
		id: "A39",
		assumes: "The list has the login's client",
		depends: "Believes a 404 by the same login; by another one it keeps the client in state",
	},
	{
		id: "A40",
		assumes: "A new client or credential is in the list at once, or within 7 s",
		depends:
			"After a POST without answer it looks for 45 s. A 404 of what is younger than a minute counts when it isn't listed a minute later either; an update says to run again in a minute. After a killed run, a run within the lag makes a second",
	},
	{
		id: "A41",
		assumes: "A change is read at once",
		depends:
			"Reads again, for up to a minute, what is older than state's `dateModified`; sends what the program changed also where the client seems to have it. What somebody else changed within the lag isn't seen, and the name of a credential, whose read has no date, may be taken back",
	},
	{
		id: "A42",
		assumes: "A PUT sets what it omits to defaults",
		depends: "The same body is right for both",
	},
	{
		id: "A43",
		assumes: "Read-only fields in a PUT are ignored",
		depends: "Sends none",
	},
	{
		id: "A44",
		assumes: "The grant may change by PUT; what the new one doesn't use is dropped",
		depends: "Replaces, or changes with `replaceOnGrantTypeChange: false`",
	},
	{
		id: "A45",
		assumes: "CLIENT-CREDENTIALS may have redirect URIs",
		depends: "Passes them on",
	},
	{
		id: "A46",
		assumes: "Lifetimes from 300 to 172,800 s, default 86,400",
		depends: "Another default would show in an import",
	},
	{
		id: "A47",
		assumes: 'Longer only for SCIM: role "SCIM Integration" or scope `scim`',
		depends: "Leaves it to the API for service clients",
	},
	{
		id: "A48",
		assumes: "Lifetime, name, URI out of bounds: `constraint.validation`",
		depends: "Refuses it in the preview",
	},
	{
		id: "A49",
		assumes: "No redirect URI is required of CODE and TOKEN",
		depends: "Warns in the preview, shows the API's refusal",
	},
	{
		id: "A50",
		assumes: "Any absolute redirect URI is accepted, any number",
		depends: "Shows the API's refusal",
	},
	{
		id: "A51",
		assumes: "No maximum number of clients is known",
		depends: "Shows the API's refusal; a pair needs two",
	},
	{
		id: "A52",
		assumes: "Names need not be unique",
		depends: "Shows the API's refusal",
	},
	{
		id: "A53",
		assumes: "A client has a name",
		depends: 'Compares names exactly; `namePattern` takes a missing one for "undefined"',
	},
	{
		id: "A54",
		assumes: "An unknown property is refused, unless the client was read with it",
		depends: "Sends the PUT once more without a property that is refused, and says so",
	},
	{
		id: "A55",
		assumes: "An unknown role or division is `bad.client.role`",
		depends: "Shows the API's refusal",
	},
	{
		id: "A56",
		assumes: "A PUT needs the caller to have the client's roles",
		depends: "Names the roles that the login needs",
	},
	{
		id: "A57",
		assumes: "A role that was just granted counts at once",
		depends: "The create fails with `bad.client.role` and says to run again in a minute",
	},
	{
		id: "A58",
		assumes: 'A divisionId "*" is returned as sent',
		depends: "Another form would show in each preview",
	},
	{
		id: "A59",
		assumes: "A role without division is in the home division",
		depends: "Sends its id",
	},
	{
		id: "A60",
		assumes: "roleIds alone are accepted",
		depends: "Passes them on",
	},
	{
		id: "A61",
		assumes: "A PUT can't disable",
		depends: "Refuses it in the preview",
		untried:
			"a client that the API did disable could be neither changed nor deleted: only the vendor's support enables it",
	},
	{
		id: "A62",
		assumes: "An unknown scope in a PUT is `invalid.value`",
		depends: "Warns in the preview, shows the API's refusal",
	},
	{
		id: "A63",
		assumes: 'There are these 135 scopes, and "all"',
		depends: "Warns",
	},
	{
		id: "A64",
		assumes: "New PASSWORD clients can be created",
		depends: "As A7",
	},
	{
		id: "A65",
		assumes: "A TOKEN client has no secret",
		depends: "Ignores one",
	},
	{
		id: "A66",
		assumes: "POST secret sets dateModified",
		depends:
			"Takes the server's time for the secret's age; a refresh without `detectSecretReset` doesn't see that a secret was replaced, by a run that was killed too",
	},
	{
		id: "A67",
		assumes: "dateModified of a new client is its dateCreated",
		depends: "Takes the server's time where a secret's date is more than 60 s off it",
	},
	{
		id: "A68",
		assumes: "POST secret: unknown client 404, disabled one allowed",
		depends: "Shows the API's refusal",
	},
	{
		id: "A69",
		assumes: "A read of a credential masks sensitive values with asterisks",
		depends: "Takes only a UUID for a client id",
	},
	{
		id: "A70",
		assumes: "It shows clientId",
		depends: "The guard's text, `report` and a refresh don't know which client a credential has",
	},
	{
		id: "A71",
		assumes: "A PUT clears the fields that it omits",
		depends: "Sends all fields",
	},
	{
		id: "A72",
		assumes: "A PUT can't change a credential's type",
		depends: "Replaces it",
	},
	{
		id: "A73",
		assumes: "A credential in use can be deleted",
		depends: "Shows the 409; what uses it must go first",
		untried: "it needs an integration that uses the credential, and a run touches no integration",
	},
	{
		id: "A74",
		assumes: "Any id and secret are accepted in a credential",
		depends: "Passes them on",
	},
	{
		id: "A75",
		assumes: "There are four types of credentials",
		depends: "Passes any type on; `checkType` asks the API",
	},
	{
		id: "A76",
		assumes: "A credential's type is sent as an object",
		depends: "Sends the object",
	},
	{
		id: "A77",
		assumes: "The cursor of credentials is the last id",
		depends: "Follows it",
	},
	{
		id: "A78",
		assumes: "No maximum page size of roles and divisions",
		depends: "Asks for 100, as vendor's tools do",
	},
	{
		id: "A79",
		assumes: "`name` finds parts of names, in any case",
		depends: "Compares exactly, and asks for the whole list if it finds none",
	},
	{
		id: "A80",
		assumes: "Several `permission`s mean any of them",
		depends: "Passes them on",
	},
	{
		id: "A81",
		assumes: "Lists of roles have nextUri, in the order given",
		depends: "Follows nextUri or pageCount",
	},
	{
		id: "A82",
		assumes: "The names and ids of the default roles",
		depends: "Knows none by name",
	},
	{
		id: "A83",
		assumes: "Usage has whole UTC days, without today",
		depends: "A client first used today looks unused to the guard",
	},
	{
		id: "A84",
		assumes: "Yesterday's usage is there just after midnight UTC",
		depends: "The guard doesn't see the days that are missing",
		untried: "it needs a login that was in use the day before, and a run just after midnight UTC",
	},
	{
		id: "A85",
		assumes: "The OAuth API's usage has all calls",
		depends: "Asks it first; `GENESYSCLOUD_USAGE_API=jobs` asks for jobs",
	},
	{
		id: "A86",
		assumes: "`days` may be 365",
		depends: "The guard refuses the deletion if it can't ask",
	},
	{
		id: "A87",
		assumes: "`interval` excludes its end",
		depends: "Totals have a day more",
	},
	{
		id: "A88",
		assumes: "`interval` may be of months",
		depends: "Passes it on",
	},
	{
		id: "A89",
		assumes: "Without granularity a row is dated to the interval's first day",
		depends: "Passes it on",
	},
	{
		id: "A90",
		assumes: "A running query says so, then it is Complete",
		depends: "Polls until it ends or time is up",
	},
	{
		id: "A91",
		assumes: 'templateUri begins with "/"',
		depends: "Shows it",
	},
	{
		id: "A92",
		assumes: "Old results go on with `after`",
		depends: "Counts what came as a lower bound; the guard refuses on 0",
	},
	{
		id: "A93",
		assumes: "A failed job is 202 with errorBody",
		depends: "Fails, and names the code",
		untried: "it needs a job that fails in Genesys Cloud",
	},
	{
		id: "A94",
		assumes: "Authorizations need oauth:client:authorize",
		depends: "A look-up only",
	},
	{
		id: "A95",
		assumes: "Each answer has a correlation id and a Date",
		depends: "Without a Date it goes by its own clock",
	},
	{
		id: "A96",
		assumes: "dateCreated is the server's time",
		depends:
			"Recognizes the client of a POST without answer by a date up to 10 minutes early; up to 2 s where the run had not listed the clients before (`allowSameName`)",
	},
	{
		id: "A97",
		assumes: "GET /tokens/me names a service login",
		depends: "Asks only for a ready token",
	},
	{
		id: "A98",
		assumes: 'GET and list may show the state "deleted"',
		depends: "Takes it for deleted",
		untried: "it says what may come, which no run can refute; A16 tells what a deleted client looks like",
	},
];
