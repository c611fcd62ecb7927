import { testHistories } from "./support/histories";

testHistories(100);
