import type { Caller, Operation } from "./api-client";
import type {
	AuthzDivision,
	AuthzDivisionEntityListing,
	DomainOrganizationRole,
	OrganizationRoleEntityListing,
} from "./models";
import { allPages } from "./pages";
import { expectField } from "./usable-response";

/** Which divisions to return. */
export interface DivisionFilter {
	/** Filters by name. Genesys Cloud defines how: compare the returned names. @default all divisions */
	name?: string;
}

/** Which roles to return. */
export interface RoleFilter {
	/** Filters by name. Genesys Cloud defines how: compare the returned names. @default all roles */
	name?: string;
	/** Genesys Cloud's fixed id of a built-in role, such as `employee`. @default all roles */
	defaultRoleId?: string;
}

/** The operations of the vendor's AuthorizationApi that this package uses. Common error codes are the same as for OAuthApi. */
export interface AuthorizationApi {
	/**
	 * Lists divisions, reading every page: GET /api/v2/authorization/divisions. No permission needed.
	 *
	 * @returns every matching division once, and their number as `total`
	 */
	getAuthorizationDivisions(filter?: DivisionFilter): Promise<AuthzDivisionEntityListing>;
	/** Returns the organization's home division: GET /api/v2/authorization/divisions/home. No permission needed. */
	getAuthorizationDivisionsHome(): Promise<AuthzDivision>;
	/**
	 * Returns a role, without its number of users: GET /api/v2/authorization/roles/{roleId}. Permission: authorization:role:view.
	 *
	 * @throws NotFoundError 404 `not.found`
	 */
	getAuthorizationRole(roleId: string): Promise<DomainOrganizationRole>;
	/**
	 * Lists roles, reading every page, without their number of users, which can take long: GET /api/v2/authorization/roles. Permission:
	 * authorization:role:view.
	 *
	 * @returns every matching role once, and their number as `total`
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

/** The same page size as in the vendor's Terraform provider; the maximum isn't documented. */
const pageSize = "100";

/** Implements the operations with an API client. */
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
			const response = await client.call(called, { path: { roleId }, query: { userCount: "false" } });
			return expectField<DomainOrganizationRole>(called, response, "id");
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
