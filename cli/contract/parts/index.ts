import type { Part } from "../part";
import { token } from "./token";

/** The parts of the contract, in the order in which they run. */
export const parts: readonly Part[] = [token];
