import { testFaultMatrix } from "./support/fault-matrix";

// The rules are the life cycle's, which the dynamic provider's matrix tries: here a twelfth of the cases. FAULTS=all tries every case.
const { FAULTS } = process.env;
testFaultMatrix(
	"plugin",
	FAULTS === "all" ? undefined : (_, number, pathNumber) => (number + pathNumber) % 12 === 0,
	true,
);
