import type { Part } from "../part";
import { clientList } from "./client-list";
import { clientSettings } from "./client-settings";
import { olderGrants } from "./grants";
import { inactiveClient } from "./inactive-client";
import { integrationCredentials } from "./integration-credentials";
import { newClient } from "./new-client";
import { refusedLogins } from "./refused-logins";
import { roleLists } from "./role-lists";
import { roles } from "./roles";
import { newSecret } from "./secret";
import { settings } from "./settings";
import { token } from "./token";
import { tokens } from "./tokens";
import { usage } from "./usage";

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
	settings,
	roles,
	roleLists,
	integrationCredentials,
	usage,
	tokens,
];
