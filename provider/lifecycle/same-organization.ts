import { GenesysCloudError } from "../api/errors";
import { labelOf } from "./client-label";
import type { LifecycleContext } from "./context";
import type { Settings } from "./settings";

/**
 * Makes sure, before Pulumi forgets a client that isn't found, that it was looked for in the organization that it was made in. State
 * tells that only of a client that has a role in the home division.
 */
export async function requireSameOrganization(context: LifecycleContext, id: string, props: Settings): Promise<void> {
	const { homeDivisionId } = props;
	if (typeof homeDivisionId === "string" && (await context.homeDivision()) !== homeDivisionId) {
		throw new GenesysCloudError(
			`${labelOf(props, id)} isn't in this organization, but it was made in another one (home division ${homeDivisionId}): it is kept in state; check the region and the credentials`,
		);
	}
}
