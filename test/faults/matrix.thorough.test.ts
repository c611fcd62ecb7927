import { testFaultMatrix } from "./support/fault-matrix";

testFaultMatrix("dynamic");
