import { testFaultMatrix } from "./support/fault-matrix";

// Of each call one in 40 of its faults, others for the next call and path; of the few paths of a pair that every run has, a third of that.
testFaultMatrix(
	"dynamic",
	({ path }, number, pathNumber) => (number + pathNumber) % (path.resource === undefined ? 40 : 120) === 0,
);
