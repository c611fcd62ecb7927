import { killsOfProvider } from "./support/fault-kinds";
import { testFaultMatrix } from "./support/fault-matrix";

// Every fault of every call of a client; of the kills, each of which starts a process, a third; of the many paths of a pair a quarter. FAULTS=all tries
// every case.
const { FAULTS } = process.env;
testFaultMatrix(
	"dynamic",
	FAULTS === "all"
		? undefined
		: ({ path, fault }, number, pathNumber) => {
				const share = path.resource === undefined ? (killsOfProvider.includes(fault) ? 3 : 1) : 4;
				return (number + pathNumber) % share === 0;
			},
	true,
);
