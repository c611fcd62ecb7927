import { testFaultMatrix } from "./support/fault-matrix";

// Of each call a ninth of its faults, others for the next call and path.
testFaultMatrix("dynamic", (_, number, pathNumber) => (number + pathNumber) % 9 === 0);
