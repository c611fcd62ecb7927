/** The id of an assumption, as docs/simulator.md lists them. */
export type AssumptionId = `A${number}`;

/** What is assumed about the API. */
export interface Assumption {
	id: AssumptionId;
	/** The assumption, in a sentence. */
	assumes: string;
	/** What the package does where it is otherwise. */
	depends: string;
	/** Why no run can try it. @default a part tries it */
	untried?: string;
}
