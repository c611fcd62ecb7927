import { GenesysCloudError } from "../../api/errors";
import { overrideVariables } from "../../setting-places";
import { labelOf } from "./kind";
import type { LifecycleContext } from "../context";
import type { Plan } from "./plan";
import { hasUnknown, type Properties } from "../properties";

/** What ends the login with a client, or with its secret, as messages say it. */
export type LoginEnd = "deleted" | "set to inactive" | "given another grant type" | "given a new secret";

/**
 * How the login with a client ends by a plan; undefined if it doesn't.
 *
 * @param client the client in state, or the one to adopt
 */
export function loginEndOf(
	client: Properties,
	news: Properties,
	{ replaces, rotates, changed }: Pick<Plan, "replaces" | "rotates" | "changed">,
): LoginEnd | undefined {
	if (replaces.length > 0) return loginEndByDeletion(client);
	const { authorizedGrantType: grant } = news;
	// An update without an answer leaves it as changed, also to what it was.
	const isOtherGrant = grant !== client["authorizedGrantType"] && !hasUnknown(grant);
	if (changed.includes("authorizedGrantType") && isOtherGrant) return "given another grant type";
	if (rotates) return "given a new secret";
	return changed.includes("state") && news["state"] === "inactive" ? "set to inactive" : undefined;
}

/** How the login with a client in state ends by its deletion; undefined if there is nothing left to do. */
export function loginEndByDeletion(olds: Properties): LoginEnd | undefined {
	if (olds["deletion"] !== "deactivate") return "deleted";
	return olds["state"] === "inactive" ? undefined : "set to inactive";
}

/** What to do instead. */
const advice: Record<LoginEnd, string> = {
	deleted: "To keep it, run pulumi state delete for it, or set retainOnDelete and run pulumi up",
	"set to inactive": "To keep it, take it out of the stack with pulumi state delete, or leave it active",
	"given another grant type": "Afterwards Pulumi can't log in with it. To keep it, leave authorizedGrantType as it is",
	"given a new secret": "Afterwards nobody can log in with the one that this run was given",
};

/**
 * Refuses what ends the login with the client that Pulumi itself logs in with, unless the user allows it for this run.
 *
 * @param context of an operation on the client, with its connection
 * @param settings the client's inputs or outputs, for messages
 * @throws GenesysCloudError if it is that client
 */
export async function requireOtherLogin(
	context: Pick<LifecycleContext, "isLogin" | "override" | "notice">,
	id: string,
	settings: Properties,
	end: LoginEnd | undefined,
): Promise<void> {
	if (end === undefined || !(await context.isLogin(id))) return;
	const variable = overrideVariables.changeOwnLogin;
	const allowedBy = context.override("changeOwnLogin").get(id);
	if (allowedBy === undefined) {
		throw new GenesysCloudError(
			`Pulumi logs in with this client (${id}), so it isn't ${end}. ${advice[end]}. To do it nevertheless, run once with ${variable}=${id}`,
		);
	}
	const store =
		end === "given a new secret"
			? ": give Pulumi the new clientSecret before the next run"
			: ": the rest of this run may fail, and the next one needs another login";
	context.notice(`${labelOf(settings, id)}, which Pulumi logs in with, is ${end}, as set by ${allowedBy}${store}`);
}
