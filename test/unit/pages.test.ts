import { expect, test } from "vitest";
import { answerOf, uuid } from "../../provider/api/answer-fields";
import type { Caller } from "../../provider/api/api-client";
import type { ConnectionError } from "../../provider/api/errors";
import { operations } from "../../provider/api/oauth-api";
import { allPages } from "../../provider/api/pages";

test("a list without an end is an error, not a part of it: what is missing would look deleted", async () => {
	let page = 0;
	const client: Caller = {
		call: async <T>() => {
			page += 1;
			return { entities: [], nextUri: `/x?pageNumber=${page}` } as T;
		},
	};
	const error = await allPages(client, operations.getOauthClients, answerOf<{ id: string }>({ id: uuid })).catch(
		(reason: unknown) => reason as ConnectionError,
	);
	expect(error).toMatchObject({ name: "ConnectionError", code: "UNREADABLE" });
	expect(page).toBe(10_000);
});
