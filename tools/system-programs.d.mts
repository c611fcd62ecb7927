/** A program that doesn't come from npm. */
export interface SystemProgram {
	/** Its usual file names, or absolute paths. */
	names: string[];
	/** Directories beside those on PATH. */
	places?: string[];
	/** What `apt-get install` calls it. */
	debianPackage: string;
	/** What follows `brew install`. @default debianPackage */
	homebrew?: string;
	/** What needs it, as in "the test of the report's page". */
	why: string;
}

/** The browser in which the tests look at the report's page. */
export const chromium: SystemProgram;

/** The database server on which the tests keep a shared state. */
export const postgresql: SystemProgram;

/** The first of these names that can be run: on PATH, else in one of the places. */
export function findProgram(names: string[], places?: string[]): string | undefined;

/** The path of a program, which is installed first when it is missing and this may install it. */
export function ensureProgram(program: SystemProgram & { log: (line: string) => void }): Promise<string>;
