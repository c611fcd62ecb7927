/** Something that must hold, and doesn't. */
export class Violation extends Error {
	/** What must hold. */
	readonly rule: string;

	/**
	 * @param rule what must hold
	 * @param found what is the case
	 */
	constructor(rule: string, found: string) {
		super(`${rule}: ${found}`);
		this.name = "Violation";
		this.rule = rule;
	}
}

/** Fails if something doesn't hold. */
export function hold(rule: string, isSo: boolean, found: string): void {
	if (!isSo) throw new Violation(rule, found);
}
