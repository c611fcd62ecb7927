import { beforeAll } from "vitest";
import { ensureBuilt } from "../tools/built-package.mjs";

/** For a module that starts what is shipped: builds it before the tests of the file, unless it is what the sources say. */
export function needsBuild(): void {
	beforeAll(ensureBuilt, 600_000);
}
