import { testFaultMatrix } from "./support/fault-matrix";

// Of each call a seventh of its faults, others for the next call and path.
testFaultMatrix("dynamic", (_, number, pathNumber) => (number + pathNumber) % 7 === 0);
