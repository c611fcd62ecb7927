import type { TestStack } from "./test-stack";

const dateBefore = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

/** Makes the secret of each client so many days old: the state says when it was made. */
export async function ageSecret(stack: TestStack, days: number): Promise<void> {
	await stack.rewriteState(({ outputs, type }) => {
		if (outputs !== undefined && type.endsWith(":OAuthClient")) outputs["secretRotatedAt"] = dateBefore(days);
	});
}

/** Makes the last rotation of each RotatingOAuthClient so many days old. */
export async function ageTurn(stack: TestStack, days: number): Promise<void> {
	await stack.rewriteState(({ outputs, type }) => {
		if (outputs !== undefined && type.endsWith(":RotatingOAuthClient")) outputs["rotatedAt"] = dateBefore(days);
	});
}
