import { testFaultMatrix } from "./support/fault-matrix";

// The rules are the life cycle's, which the dynamic provider's matrix tries: here a few of each path show that the plugin passes them on.
testFaultMatrix("plugin", (_, number, pathNumber) => (number + pathNumber) % 110 === 3);
