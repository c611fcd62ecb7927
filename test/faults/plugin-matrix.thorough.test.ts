import { testFaultMatrix } from "./support/fault-matrix";

// The rules are the life cycle's, which the dynamic provider's matrix tries: here an eighth of the cases. FAULTS=all tries every case.
const { FAULTS } = process.env;
testFaultMatrix(
	"plugin",
	FAULTS === "all" ? undefined : (_, number, pathNumber) => (number + pathNumber) % 8 === 0,
	true,
);
