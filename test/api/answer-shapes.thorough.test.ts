import { testAgain } from "./support/tests-again";

testAgain("adoption", "lifecycle-update", "read-before-write", "usage-apis");
