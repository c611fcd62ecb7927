import type { GenesysCloudApi } from "../../provider/api/genesys-cloud-api";
import type { CredentialInfo } from "../../provider/api/integration-models";
import type { OAuthClient } from "../../provider/api/models";
import { fieldsOf } from "../../provider/api/json";
import { isPublicField } from "../../provider/lifecycle/integration-credential/arguments";
import type { Properties } from "../../provider/lifecycle/properties";
import type { TerraformState } from "../terraform-state";
import { credentialDeclaration, readCredentials, readFieldNames } from "./credentials";
import { declarationOf } from "./declaration";
import { type ProgramName, programNames } from "./names";
import { type DeclaredClient, pairsAmong } from "./pairs";
import { lookupsIn } from "./lookups";
import { type Program, type ProgramResource, Reference } from "./program";
import { readRoleNames } from "./role-names";
import { secretKeys, secretPlace } from "./secret-keys";
import { type ClientFilter, type LeftOut, selectClients, selectCredentials, type SelectionContext } from "./selection";
import { terraformNames } from "./terraform-names";

/** What to export. */
export interface ExportRequest extends ClientFilter, Omit<SelectionContext, "terraform"> {
	/** Terraform's state, if only what is in that is exported. */
	terraform: TerraformState | undefined;
	/** Whether the resources get into the stack by `pulumi import` instead of `adopt`. */
	isImported: boolean;
}

/** A resource of the program, and what it is in Genesys Cloud. */
interface ExportedResource extends ProgramResource {
	/** Its clients; none for a credential. */
	clients: readonly OAuthClient[];
	/** The credential; undefined for clients. */
	credential?: CredentialInfo;
}

/** What an export has found. */
export interface Found extends Program {
	resources: readonly ExportedResource[];
	/** The number of clients that were read. */
	total: number;
	/** What matches the filters, but isn't exported. */
	leftOut: LeftOut[];
	/** The keys of the secrets to set in the stack's configuration. */
	secrets: { key: string; resourceName: string; field: string }[];
	/** Why parts of the program are missing, as lines. */
	refusals: string[];
}

/** Reads the organization, and makes a program of it. */
export async function buildExport(api: GenesysCloudApi, request: ExportRequest): Promise<Found> {
	const { terraform } = request;
	const fromState = terraform && terraformNames(terraform);
	const names =
		terraform && new Map([...terraform.clients, ...terraform.credentials].map(({ id, name }) => [id, name]));
	const context = { ...request, terraform: names };
	const { entities } = await api.getOauthClients();
	const { selected, leftOut } = selectClients(entities, request, context);
	const listed = await readCredentials(api);
	const credentials = selectCredentials(listed.entities, request, context);
	leftOut.push(...credentials.leftOut, ...goneOf(terraform, entities, listed));

	const hasRoles = selected.some(({ roleDivisions }) => (roleDivisions ?? []).length > 0);
	const home = hasRoles ? (await api.getAuthorizationDivisionsHome()).id : undefined;
	const { roleNames, refusal } = await readRoleNames(api, selected);
	const declared: DeclaredClient[] = [];
	for (const client of selected) {
		const declaration = declarationOf(client, home);
		if ("args" in declaration) declared.push({ client, args: declaration.args });
		else leftOut.push({ clientId: client.id, name: client.name, ...undeclarable(declaration.reason) });
	}
	// What Terraform has stays as many resources as it had there.
	const { pairs, others } = terraform ? { pairs: [], others: declared } : pairsAmong(declared);

	const named =
		fromState?.names ??
		programNames([
			...others.map(({ client: { id, name } }) => ({ id, name })),
			...pairs.map(({ clients: [a], args }) => ({ id: a.id, name: String(args["name"]) })),
			...credentials.selected.map(({ id, name = "" }) => ({ id, name: `${name} credential` })),
		]);
	const nameOf = (id: string): ProgramName => named.get(id) ?? { resourceName: id, variable: id };
	const fieldNames = await readFieldNames(api, terraform ? [] : credentials.selected);
	const wanted = credentials.selected.flatMap(({ id, type }) =>
		(fieldNames.get(type?.name ?? "") ?? []).map((field) => ({ id, field, variable: nameOf(id).variable })),
	);
	const variables = [...named.values()].map(({ variable }) => variable);
	const keys = fromState?.keys ?? secretKeys(wanted, variables);
	const lookup = lookupsIn(terraform, [...variables, ...keys.values()]);
	const secret = (id: string, field: string) =>
		new Reference({ secret: keys.get(secretPlace({ id, field })) ?? nameOf(id).variable + field });

	const secretsInState = new Map(terraform?.clients.map(({ id, clientSecret }) => [id, clientSecret]));
	const fieldsInState = new Map(terraform?.credentials.map(({ id, fields }) => [id, fields]));
	const exported = new Set(others.map(({ client }) => client.id));
	const fieldsOfCredential = ({ id, type }: CredentialInfo): Record<string, string | Reference> => {
		const contained = fromState?.contained.get(id);
		if (contained !== undefined && exported.has(contained)) {
			const of = nameOf(contained);
			return {
				clientId: new Reference({ output: "clientId", of }),
				clientSecret: new Reference({ output: "clientSecret", of }),
			};
		}
		const inState = Object.entries(fieldsInState.get(id) ?? {});
		const inType = (fieldNames.get(type?.name ?? "") ?? []).map((field) => [field, undefined] as const);
		return Object.fromEntries(
			[...inState, ...inType]
				.filter(([, value]) => value !== "")
				.map(([field, value]) => [field, isPublicField(field) && value !== undefined ? value : secret(id, field)]),
		);
	};

	const resources: ExportedResource[] = [];
	for (const { client, args } of others) {
		const known = secretsInState.get(client.id);
		const adopt =
			known === undefined ? args["adopt"] : { clientId: client.id, clientSecret: secret(client.id, "clientSecret") };
		resources.push({
			type: "OAuthClient",
			...nameOf(client.id),
			args: adopting(lookup.inArgs({ ...args, adopt }), request.isImported && known === undefined),
			notes: deletionNote(client.dateToDelete),
			importId: client.id,
			clients: [client],
		});
	}
	for (const { clients, args } of pairs) {
		const [a, b] = clients;
		resources.push({
			type: "RotatingOAuthClient",
			...nameOf(a.id),
			args: adopting(lookup.inArgs(args), request.isImported),
			notes: pairNotes,
			importId: `${a.id},${b.id}`,
			clients,
		});
	}
	for (const credential of credentials.selected) {
		const declaration = credentialDeclaration(credential, fieldsOfCredential(credential));
		if ("args" in declaration) {
			resources.push({
				type: "IntegrationCredential",
				...nameOf(credential.id),
				args: declaration.args,
				notes: [],
				importId: credential.id,
				clients: [],
				credential,
			});
		} else
			leftOut.push({ credentialId: credential.id, name: credential.name ?? "", ...undeclarable(declaration.reason) });
	}
	return {
		resources,
		roleNames,
		isImported: request.isImported,
		total: entities.length,
		leftOut,
		secrets: resources.flatMap(({ args, resourceName }) => secretsIn(args, resourceName)),
		refusals: [
			...(refusal === undefined ? [] : [`The program has no role names: ${refusal}`]),
			...(listed.refusal === undefined ? [] : [`The program has no integration credentials: ${listed.refusal}`]),
		],
	};
}

const undeclarable = (reason: string): Pick<LeftOut, "code" | "reason"> => ({
	code: "undeclarable",
	reason: `this package can't declare it: ${reason}`,
});

/** What needs no `adopt`, since `pulumi import` brings it into the stack. */
const adopting = ({ adopt, ...others }: Properties, isImported: boolean): Properties =>
	isImported ? others : { adopt, ...others };

const pairNotes = [
	"Which of the two clients is in use, only their applications know. The pair takes (A) for it: the first rotation gives (B) a new secret.",
	"Once that is right, set rotation.periodDays in place of rotateWhenChanged.",
];

function deletionNote(dateToDelete: string | undefined): string[] {
	const time = Date.parse(dateToDelete ?? "");
	if (Number.isNaN(time)) return [];
	const day = new Date(time).toISOString().slice(0, 10);
	return [`Genesys Cloud deletes this client on ${day} unless it becomes active before; remove these lines then.`];
}

/** The secrets in a resource's arguments, each with the field that it is. */
function secretsIn(args: Properties, resourceName: string): Found["secrets"] {
	return ["adopt", "fields"].flatMap((name) =>
		Object.entries(fieldsOf(args[name])).flatMap(([field, value]) =>
			value instanceof Reference && "secret" in value.to ? [{ key: value.to.secret, resourceName, field }] : [],
		),
	);
}

/** What Terraform's state has and the organization hasn't. */
function goneOf(
	terraform: TerraformState | undefined,
	clients: readonly OAuthClient[],
	credentials: { entities: CredentialInfo[]; refusal: string | undefined },
): LeftOut[] {
	if (terraform === undefined) return [];
	const there = new Set(
		[...clients.filter(({ state }) => state !== "deleted"), ...credentials.entities].map(({ id }) => id),
	);
	const why = {
		code: "gone" as const,
		reason: "Terraform's state has it, the organization hasn't: check region and login, or remove it from that state",
	};
	const gone = (all: readonly { id: string; name: string }[], idName: "clientId" | "credentialId") =>
		all.filter(({ id }) => !there.has(id)).map(({ id, name }): LeftOut => Object.assign({ [idName]: id, name }, why));
	return [
		...gone(terraform.clients, "clientId"),
		...(credentials.refusal === undefined ? gone(terraform.credentials, "credentialId") : []),
	];
}
