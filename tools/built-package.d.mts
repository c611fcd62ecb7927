/** Builds dist/ unless it is what a build made of these very sources, and makes the package's name lead to it. */
export function ensureBuilt(): Promise<void>;
/** Compares all that a build reads and all that it writes with what they were after the last build. */
export function inspectBuild(clone?: string): { isCurrent: boolean; isUntouched: boolean; noteBuild: () => void };
