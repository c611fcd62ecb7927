import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isGenesysCloudError } from "../../provider/api/errors";
import { createOAuthApi } from "../../provider/api/genesys-cloud-api";
import { hostsOf } from "../api/support/simulated-api";
import { mutate, mutation } from "./support/answer-mutations";
import { lookups } from "./support/answered-operations";
import { holds } from "./support/cases";
import { expectReadable, startMutated } from "./support/mutated-organization";

test("whatever an answer is like, a lookup returns no secret, and its error is one line", async () => {
	const { simulated, server } = await startMutated();
	const { simulator, ourClock } = simulated;
	const secrets = new Set(server.secrets);
	await holds(
		200,
		fc.asyncProperty(fc.constantFrom(...Object.keys(lookups)), fc.nat(3), mutation, async (name, answer, change) => {
			server.secrets = new Set(secrets);
			server.plan({ answer, of: (body) => mutate(body, change) });
			const credentials = { ...simulator.administrator, source: "the tests" };
			const api = createOAuthApi({ hosts: hostsOf(server.url), credentials, clock: ourClock });
			const outcome = await lookups[name]!(api, simulated).then(
				(found) => ({ told: "found", found: JSON.stringify(found) }),
				(error: unknown) => ({ told: isGenesysCloudError(error) ? error.message : "This is a bug", found: "" }),
			);
			expectReadable(outcome.told, server);
			expect([...server.secrets].filter((secret) => outcome.found.includes(secret))).toEqual([]);
		}),
	);
});
