import type { Part } from "../part";
import { clientList } from "./client-list";
import { clientSettings } from "./client-settings";
import { olderGrants } from "./grants";
import { inactiveClient } from "./inactive-client";
import { newClient } from "./new-client";
import { refusedLogins } from "./refused-logins";
import { newSecret } from "./secret";
import { token } from "./token";
import { tokens } from "./tokens";

/** The parts of the contract, in the order in which they run: the one that waits longest is the last. */
export const parts: readonly Part[] = [
	token,
	newClient,
	clientList,
	clientSettings,
	newSecret,
	refusedLogins,
	inactiveClient,
	olderGrants,
	tokens,
];
