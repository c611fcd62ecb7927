import { GenesysCloudError, enumerated, isNotFoundError, quoted } from "../../api/errors";
import type { CredentialInfo } from "../../api/integration-models";
import type { IntegrationsApi } from "../../api/integrations-api";
import { fieldsOf } from "../../api/json";
import type { LifecycleContext } from "../context";
import { findUnsaved } from "../find-unsaved";
import type { Properties } from "../properties";
import { credentialKind } from "./kind";
import type { AdoptCredentialInput } from "./inputs";
import { typeOf } from "./state";

/**
 * Finds the existing credential to adopt or take over, and records that this run manages it.
 *
 * @param adoptionId identifies the adoption
 * @returns undefined to create a new one
 */
export async function findExisting(
	context: LifecycleContext,
	inputs: Properties,
	adoptionId: string,
): Promise<CredentialInfo | undefined> {
	const { adopt } = inputs;
	if (adopt === undefined || inputs["adoption"] === "done") return findLeftOver(context, inputs, adoptionId);
	const found = await findCredentialToAdopt(context.api, inputs);
	if (context.run.knows(found.id)) throw context.run.managedTwiceError(found.id);
	context.run.hold(found.id, adoptionId);
	return found;
}

/**
 * Finds the credential to adopt.
 *
 * @throws GenesysCloudError if there is none, if several have that name, or if it has another type
 */
export async function findCredentialToAdopt(api: IntegrationsApi, inputs: Properties): Promise<CredentialInfo> {
	const found = await findNamed(api, fieldsOf(inputs["adopt"]));
	const type = found.type?.name;
	if (type === typeOf(inputs)) return found;
	throw new GenesysCloudError(
		`${credentialKind.label({ ...found }, found.id)} has the type ${quoted(type ?? "")}, but the program declares ${quoted(typeOf(inputs))}: declare its type to adopt it`,
	);
}

async function findNamed(api: IntegrationsApi, { credentialId, name }: AdoptCredentialInput): Promise<CredentialInfo> {
	if (credentialId !== undefined) {
		try {
			return await api.getIntegrationsCredential(credentialId);
		} catch (error) {
			if (!isNotFoundError(error)) throw error;
			throw new GenesysCloudError(
				`no integration credential with the id ${quoted(credentialId)} to adopt: check adopt.credentialId and the organization, or remove adopt to create a new credential`,
			);
		}
	}
	const { entities } = await api.getIntegrationsCredentialsListing();
	const namesakes = entities.filter((credential) => credential.name === name);
	const [only] = namesakes;
	if (only === undefined) {
		throw new GenesysCloudError(
			`no integration credential named "${quoted(name ?? "")}" to adopt: check adopt.name (case-sensitive), or remove adopt to create a new credential`,
		);
	}
	if (namesakes.length > 1) {
		throw new GenesysCloudError(
			`${namesakes.length} integration credentials are named "${quoted(name ?? "")}": choose one with adopt.credentialId: ${enumerated(namesakes.map(({ id }) => id))}`,
		);
	}
	return only;
}

/** Finds the credential that an earlier run created and Pulumi didn't save, if the user takes it over: see `findUnsaved`. */
const findLeftOver = async (context: LifecycleContext, inputs: Properties, adoptionId: string) =>
	findUnsaved<CredentialInfo>(context, inputs, adoptionId, {
		kind: credentialKind,
		list: context.credentialsAtStart,
		permission: "integrations:integration:view",
		isNamesake: ({ name, type }) => name === inputs["name"] && type?.name === typeOf(inputs),
		// The list doesn't say who created a credential.
		mayBeOurs: () => true,
		datesOf: ({ createdDate, modifiedDate }) => ({ created: createdDate, modified: modifiedDate }),
		likeness: "same name, same type",
		withEffect: "",
		effectOn: () => "; its fields are replaced",
	});
