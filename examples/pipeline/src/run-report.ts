/** What a run does, or did, to a client, a pair or a credential. */
export type Action =
	/** A new client. */
	| "create"
	/** An existing client comes under management. */
	| "adopt"
	/** Changed in place. */
	| "update"
	/** A new client takes the place of the old one, which is deleted. */
	| "replace"
	/** Deleted. */
	| "delete"
	/** Left inactive in place of being deleted. */
	| "deactivate"
	/** Leaves the stack and stays in Genesys Cloud. */
	| "release"
	/** Nothing. */
	| "same";

/** A field of a client that changes, or that differs from the state. */
export interface FieldChange {
	/** The field, under the API's name. */
	field: string;
	/** What it was, where that may be shown. */
	before?: unknown;
	/** What it is after that, where that may be shown. */
	after?: unknown;
}

/** What becomes of one client, one pair or one integration credential. */
export interface ClientReport {
	/** What it is. */
	kind: "client" | "pair" | "credential";
	/** The name of its resource: its name in the file of clients. */
	resource: string;
	/** Its name in Genesys Cloud. */
	name: string;
	/** Its client id, of a pair `<id of A>,<id of B>`, or the credential's id; after an `up` that replaced it the new one; absent while there is none. */
	id?: string;
	/** The id of what was, or will be, replaced. */
	replacedId?: string;
	/** What happens. */
	action: Action;
	/** Whether it failed. */
	failed: boolean;
	/** The fields that change. */
	changes: FieldChange[];
	/** Why there is a new secret: of a client, whose id stays; of a pair, whose standby client becomes current with it. */
	newSecret?: string;
	/** How many secrets the stack has had for the client, of a pair for its current client, after an `up`. */
	secretVersion?: number;
	/** The start of the secret's SHA-256, after an `up`: tells two secrets apart and shows none. */
	secretFingerprint?: string;
}

/** What a policy has to say. */
export interface PolicyFinding {
	/** `mandatory` stops the run. */
	level: string;
	/** The policy. */
	policy: string;
	/** Its pack. */
	pack: string;
	/** The resource that it is about; absent for the whole stack. */
	resource?: string;
	/** What is wrong and what to do. */
	message: string;
}

/** How a run ended. */
export type Outcome =
	/** Nothing changes, or differs. */
	| "unchanged"
	/** Something changes, or did. */
	| "changed"
	/** Clients differ from the state. */
	| "drifted"
	/** The file of clients has mistakes. */
	| "invalid"
	/** A policy stopped it. */
	| "refused"
	/** Another run held the stack's lock all the time. */
	| "locked"
	/** Anything else went wrong. */
	| "failed";

/** All that a run has to tell. It holds no secret. */
export interface RunReport {
	/** The version of this shape; fields may be added without a new one. */
	version: 1;
	/** The command. */
	command: string;
	/** The stack. */
	stack: string;
	/** How it ended. */
	outcome: Outcome;
	/** The clients, those without a change included. */
	clients: ClientReport[];
	/** What policies found. */
	policy: PolicyFinding[];
	/** What the provider wants people to know, one line each. */
	notices: string[];
	/** What went wrong, one line each. */
	errors: string[];
}

/** What the process exits with: documented in the README, pipelines depend on it. */
export const exitCodes: Record<Outcome, number> = {
	unchanged: 0,
	changed: 0,
	failed: 1,
	invalid: 2,
	drifted: 3,
	locked: 4,
	refused: 5,
};

/** The client itself changes, or its secret does. */
export const isTouched = ({ action, newSecret }: ClientReport): boolean => action !== "same" || newSecret !== undefined;

/** How many clients there are for each action, and how many secrets are new under the same client id. */
export function countsOf({ clients }: RunReport): Record<Action | "newSecrets", number> {
	const count = (action: Action) => clients.filter((client) => client.action === action).length;
	return {
		create: count("create"),
		adopt: count("adopt"),
		update: count("update"),
		replace: count("replace"),
		delete: count("delete"),
		deactivate: count("deactivate"),
		release: count("release"),
		same: count("same"),
		newSecrets: clients.filter(({ newSecret }) => newSecret !== undefined).length,
	};
}

/** For one client. */
const callsFor: Record<Action, number> = {
	create: 1,
	adopt: 2,
	update: 2,
	replace: 3,
	delete: 2,
	deactivate: 2,
	release: 0,
	same: 0,
};

/** About how many API calls an `up` takes; logins don't count against the limit of a token. */
export function callsOf({ clients }: RunReport): number {
	// Before the first client is made, the provider looks once for those that an interrupted run may have left.
	const look = clients.some(({ action }) => action === "create" || action === "replace") ? 1 : 0;
	return clients.reduce((sum, { kind, action, changes, newSecret }) => {
		const renewal = newSecret === undefined ? 0 : 1;
		const change = action === "update" && changes.length === 0 ? 0 : callsFor[action];
		return sum + renewal + change * (kind === "pair" ? 2 : 1);
	}, look);
}
