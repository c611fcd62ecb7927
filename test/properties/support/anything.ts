import * as fc from "fast-check";
import type { Arbitrary } from "fast-check";
import { type Properties, unknownValue } from "../../../provider/lifecycle/properties";

/** What a leaf may be on Pulumi's wire: JSON's values, NaN and infinities, the unknown value, names that objects have already. */
const leaf = fc.oneof(
	fc.jsonValue({ maxDepth: 0 }),
	fc.double(),
	fc.string({ unit: "binary", maxLength: 40 }),
	fc.constantFrom<unknown>(
		unknownValue,
		null,
		undefined,
		Number.NaN,
		Number.POSITIVE_INFINITY,
		-0,
		"",
		" ",
		"__proto__",
		"constructor",
		"toString",
		"9999-12-31T23:59:59.999Z",
		"+275760-09-13T00:00:00.000Z",
		8.64e15,
	),
);
const oddName = fc.oneof(
	fc.string({ unit: "binary", maxLength: 12 }),
	fc.constantFrom("__proto__", "constructor", "prototype", "toString", "valueOf", "hasOwnProperty", "length", "0"),
);

/** Any value that Pulumi's wire can carry: never a cycle, a function or a class. */
export const anything: Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 4, depthSize: "small" },
		leaf,
		fc.array(tie("value"), { maxLength: 4 }),
		fc.dictionary(oddName, tie("value"), { maxKeys: 4 }),
	),
})).value;

/** Objects whose names are, more often than not, those that count. */
export const settingsOf = (names: readonly string[], value: Arbitrary<unknown> = anything): Arbitrary<Properties> =>
	fc.dictionary(fc.oneof({ arbitrary: fc.constantFrom(...names), weight: 4 }, oddName), value, { maxKeys: 8 });

/** Every name that stands in state or in a program. */
export const settingNames = [
	"name",
	"authorizedGrantType",
	"description",
	"accessTokenValiditySeconds",
	"registeredRedirectUri",
	"scope",
	"roleDivisions",
	"roleIds",
	"state",
	"replaceOnGrantTypeChange",
	"adopt",
	"secretRotation",
	"deletionGuard",
	"deletion",
	"detectSecretReset",
	"timeouts",
	"secretSink",
	"connection",
] as const;

/** Every name that only state has. */
export const stateNames = [
	...settingNames,
	"clientId",
	"clientSecret",
	"dateCreated",
	"dateModified",
	"dateToDelete",
	"createdBy",
	"modifiedBy",
	"selfUri",
	"secretVersion",
	"secretRotatedAt",
	"secretRotatesAt",
	"secretFingerprint",
	"pendingSecretSteps",
	"homeDivisionId",
	"declared",
	"unmanagedSettings",
	"unconfirmedSettings",
	"loginClientId",
	"adoptionId",
] as const;
