import { testAgain } from "./support/tests-again";

testAgain("deletion-guard", "lifecycle-read", "lookup-usage", "lookups");
