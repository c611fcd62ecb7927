import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** A new random secret or token. */
export function createSecret(): string {
	return randomBytes(32).toString("base64url");
}

/** The digest that is stored instead of a secret or a token. */
export function digestOf(secret: string): string {
	return createHash("sha256").update(secret).digest("hex");
}

/** Whether a text is the secret with this digest. */
export function isSecret(secret: string, digest: string | undefined): boolean {
	return digest !== undefined && timingSafeEqual(Buffer.from(digestOf(secret)), Buffer.from(digest));
}
