import { testHistories } from "./support/histories";

testHistories(500);
