import { killsOfProvider } from "./support/fault-kinds";
import { testFaultMatrix } from "./support/fault-matrix";

// Of each call of a client a third of its faults, others for the next path; of the kills, each of which starts a process, and of the many paths of a
// pair a twelfth. FAULTS=all tries every case.
const { FAULTS } = process.env;
testFaultMatrix(
	"dynamic",
	FAULTS === "all"
		? undefined
		: ({ path, fault }, number, pathNumber) => {
				const share = path.resource === undefined ? (killsOfProvider.includes(fault) ? 12 : 3) : 12;
				return (number + pathNumber) % share === 0;
			},
	true,
);
