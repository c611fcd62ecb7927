import { expect, test } from "vitest";
import type { Resource } from "@pulumi/pulumi/resource";
import { OAuthClient } from "../../provider";
import { hiddenArguments } from "../../provider/hidden-arguments";

const declareWithoutName = () => new OAuthClient("", { name: "CRM sync", authorizedGrantType: "CLIENT-CREDENTIALS" });

test("a client that can't be declared says where the program tried to", () => {
	const limit = Error.stackTraceLimit;
	expect(declareWithoutName).toThrow(
		expect.objectContaining({
			message: expect.stringContaining("name"),
			stack: expect.stringContaining("oauth-client.test.ts"),
		}),
	);
	expect(Error.stackTraceLimit).toBe(limit);
});

test("isInstance knows a client of another copy of the package by its marks, and nothing else", () => {
	const { __pulumiType } = OAuthClient as unknown as { __pulumiType: string };
	const marked = { __pulumiResource: true, __pulumiCustomResource: true };
	expect(OAuthClient.isInstance({ ...marked, __pulumiType })).toBe(true);
	for (const other of [undefined, null, "text", { __pulumiType }, { ...marked, __pulumiType: "other:index:Thing" }]) {
		expect(OAuthClient.isInstance(other)).toBe(false);
	}
});

test("the provider is told of a client by a URN with its parent's type: two of one name under two parents are two", async () => {
	const type = OAuthClient.__pulumiType;
	const parent = "urn:pulumi:dev::infra::acme:index:Team::crm" as unknown as Resource;
	expect(await hiddenArguments("app", type, { parent })["__owner"]).toBe(
		`urn:pulumi:dev::infra::acme:index:Team$${type}::app`,
	);
});
