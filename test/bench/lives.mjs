// What is measured: a life of so many resources of one kind, step by step, in a new organization.
import { Organization } from "./organization.mjs";

const employee = "5a1e0000-0000-4000-8000-000000000001";
const ofService = { authorizedGrantType: "CLIENT-CREDENTIALS", roleDivisions: [{ roleId: employee }] };
/** Rotations at the same time share the seconds before the trial of a new secret: Pulumi makes as many at a time as there are. */
const atOnce = { PULUMI_PARALLEL: "100" };
const rotation = (isChanged) => ({ rotateWhenChanged: { version: isChanged ? "2" : "1" } });

/** The kinds of resources: their name in a report, variables for their programs, the steps of a life, and the arguments before and after the step that changes them. */
export const resources = {
	OAuthClient: {
		title: "clients",
		steps: ["create", "unchanged", "preview", "change", "refresh", "destroy"],
		settings: (isChanged) => ({
			description: isChanged ? "A changed client of the bench" : "A client of the bench",
			authorizedGrantType: "CODE",
			scope: ["users:readonly"],
			registeredRedirectUri: ["https://app.example.com/callback"],
		}),
	},
	RotatingOAuthClient: {
		title: "pairs",
		variables: atOnce,
		steps: ["create", "unchanged", "rotate", "destroy"],
		settings: (isChanged) => ({ ...ofService, rotation: rotation(isChanged) }),
	},
	IntegrationCredential: {
		title: "credentials",
		variables: atOnce,
		steps: ["create", "unchanged", "rotate", "destroy"],
		settings: (isChanged) => ({ ...ofService, secretRotation: rotation(isChanged) }),
	},
};

/**
 * Measures each step of a life.
 *
 * @param start starts a stack with an organization, and variables for its programs
 * @param what the kind of resource, how many of them, and how long a call takes in milliseconds
 */
export async function measureLife(start, { resource, count, latency }) {
	const { steps, settings, variables } = resources[resource];
	const organization = await Organization.start(latency);
	const stack = await start(organization, variables);
	const declare = async (isChanged) => stack.declare({ resource, count, latency, settings: settings(isChanged) });
	try {
		const life = {};
		await declare(false);
		for (const step of steps) {
			if (step === "change" || step === "rotate") await declare(true);
			life[step] = await stack.measure(step);
			if (step === "create") life.stateSize = await stack.stateSize();
		}
		return life;
	} finally {
		await stack.remove();
		organization.close();
	}
}
