import { ensureBuilt } from "../tools/built-package.mjs";

// Whatever starts what is shipped imports this first: then dist/ is what the sources say, whichever tests are run.
await ensureBuilt();
