import { answerOf, flag, listOf, maybe, plainId, text, withId } from "./answer-fields";
import type { Caller, Operation } from "./api-client";
import type {
	AuthzDivision,
	AuthzDivisionEntityListing,
	DomainOrganizationRole,
	DomainPermissionPolicy,
	OrganizationRoleEntityListing,
} from "./models";
import { allPages } from "./pages";

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

const division = answerOf<AuthzDivision>({
	id: plainId,
	name: maybe(text),
	description: maybe(text),
	homeDivision: maybe(flag),
	selfUri: maybe(text),
});

const roleFields = {
	name: maybe(text),
	description: maybe(text),
	defaultRoleId: maybe(text),
	default: maybe(flag),
	base: maybe(flag),
	permissions: maybe(listOf(text)),
	permissionPolicies: maybe(
		listOf(
			answerOf<DomainPermissionPolicy>({
				domain: maybe(text),
				entityName: maybe(text),
				actionSet: maybe(listOf(text)),
			}),
		),
	),
	selfUri: maybe(text),
};

/** Implements the operations with an API client. */
export function authorizationOperations(client: Caller): AuthorizationApi {
	return {
		async getAuthorizationDivisions({ name } = {}) {
			const entities = await allPages(client, operations.getAuthorizationDivisions, division, { pageSize, name });
			return { entities, total: entities.length };
		},
		async getAuthorizationDivisionsHome() {
			return client.call(operations.getAuthorizationDivisionsHome, division);
		},
		async getAuthorizationRole(roleId) {
			return client.call(
				operations.getAuthorizationRole,
				answerOf<DomainOrganizationRole>({ id: withId(roleId), ...roleFields }),
				{ path: { roleId }, query: { userCount: "false" } },
			);
		},
		async getAuthorizationRoles({ name, defaultRoleId } = {}) {
			const entities = await allPages(
				client,
				operations.getAuthorizationRoles,
				answerOf<DomainOrganizationRole>({ id: plainId, ...roleFields }),
				{ pageSize, userCount: "false", name, defaultRoleId },
			);
			return { entities, total: entities.length };
		},
	};
}
