import type { Caller, Operation } from "./client";
import { errorOfUnreadable } from "./answer-errors";
import { fieldsOf } from "./json";
import type { AuthzDivision } from "./models";

/** What this package needs of the vendor's AuthorizationApi. */
export interface AuthorizationApi {
	/** The organization's home division: GET /api/v2/authorization/divisions/home. No permission needed. */
	getAuthorizationDivisionsHome(): Promise<AuthzDivision>;
}

const home: Operation = {
	name: "get_authorization_divisions_home",
	method: "GET",
	path: "/api/v2/authorization/divisions/home",
};

/** The operations, called through an API client. */
export function authorizationOperations(client: Caller): AuthorizationApi {
	return {
		async getAuthorizationDivisionsHome() {
			const answer = fieldsOf(await client.call(home));
			const { id } = answer;
			if (typeof id !== "string" || id === "") {
				throw errorOfUnreadable(home.name, { status: 200, headers: {}, body: "" });
			}
			return { ...answer, id };
		},
	};
}
