import type { Caller, Operation } from "./api-client";
import type {
	AuthzDivision,
	AuthzDivisionEntityListing,
	DomainOrganizationRole,
	OrganizationRoleEntityListing,
} from "./models";
import { allPages } from "./pages";
import { expectField } from "./usable-response";

/** Which divisions. */
export interface DivisionFilter {
	/** Narrows the list by name. How is up to Genesys Cloud: compare the names that come back. @default all divisions */
	name?: string;
}

/** Which roles. */
export interface RoleFilter {
	/** Narrows the list by name. How is up to Genesys Cloud: compare the names that come back. @default all roles */
	name?: string;
	/** The vendor's own id of a built-in role, such as `employee`. @default all roles */
	defaultRoleId?: string;
}

/** What this package needs of the vendor's AuthorizationApi. The common error codes are those of OAuthApi. */
export interface AuthorizationApi {
	/**
	 * Divisions, each once, whatever the page size: GET /api/v2/authorization/divisions. No permission needed.
	 *
	 * @returns every division that fits the filter; `total` is how many they are
	 */
	getAuthorizationDivisions(filter?: DivisionFilter): Promise<AuthzDivisionEntityListing>;
	/** The organization's home division: GET /api/v2/authorization/divisions/home. No permission needed. */
	getAuthorizationDivisionsHome(): Promise<AuthzDivision>;
	/**
	 * A role: GET /api/v2/authorization/roles/{roleId}. Permission: authorization:role:view. How many users have it isn't asked.
	 *
	 * @throws NotFoundError 404 `not.found`
	 */
	getAuthorizationRole(roleId: string): Promise<DomainOrganizationRole>;
	/**
	 * Roles, each once, whatever the page size: GET /api/v2/authorization/roles. Permission: authorization:role:view. How many users
	 * have them isn't asked: the vendor says that it can take long.
	 *
	 * @returns every role that fits the filter; `total` is how many they are
	 */
	getAuthorizationRoles(filter?: RoleFilter): Promise<OrganizationRoleEntityListing>;
}

const operation = (name: string, path: string): Operation => ({
	name,
	method: "GET",
	path: `/api/v2/authorization${path}`,
});

const operations = {
	getAuthorizationDivisions: operation("get_authorization_divisions", "/divisions"),
	getAuthorizationDivisionsHome: operation("get_authorization_divisions_home", "/divisions/home"),
	getAuthorizationRole: operation("get_authorization_role", "/roles/{roleId}"),
	getAuthorizationRoles: operation("get_authorization_roles", "/roles"),
};

/** The vendor names no maximum; its Terraform provider asks for so many. */
const pageSize = "100";

/** The operations, called through an API client. */
export function authorizationOperations(client: Caller): AuthorizationApi {
	return {
		async getAuthorizationDivisions({ name } = {}) {
			const called = operations.getAuthorizationDivisions;
			const entities = await allPages<AuthzDivision>(
				async (query) =>
					expectField<AuthzDivisionEntityListing>(called, await client.call(called, { query }), "entities"),
				{ pageSize, name },
			);
			return { entities, total: entities.length };
		},
		async getAuthorizationDivisionsHome() {
			const called = operations.getAuthorizationDivisionsHome;
			return expectField<AuthzDivision>(called, await client.call(called), "id");
		},
		async getAuthorizationRole(roleId) {
			const called = operations.getAuthorizationRole;
			const answer = await client.call(called, { path: { roleId }, query: { userCount: "false" } });
			return expectField<DomainOrganizationRole>(called, answer, "id");
		},
		async getAuthorizationRoles({ name, defaultRoleId } = {}) {
			const called = operations.getAuthorizationRoles;
			const entities = await allPages<DomainOrganizationRole>(
				async (query) =>
					expectField<OrganizationRoleEntityListing>(called, await client.call(called, { query }), "entities"),
				{ pageSize, userCount: "false", name, defaultRoleId },
			);
			return { entities, total: entities.length };
		},
	};
}
