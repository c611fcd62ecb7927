import * as fc from "fast-check";
import { expect, test } from "vitest";
import { check } from "../../provider/lifecycle/oauth-client/check";
import type { Properties } from "../../provider/lifecycle/properties";
import { anything, settingNames, settingsOf } from "./support/anything";
import { holds } from "./support/cases";
import { program, twoOrders } from "./support/programs";

test("check finds nothing wrong with a program that keeps the rules, and its canonical form is a fixed point", async () =>
	holds(
		800,
		fc.property(program, (declared) => {
			const { inputs, failures } = check(declared);
			expect(failures).toEqual([]);
			expect(check(inputs)).toEqual({ inputs, failures });
		}),
	));

test("check takes a set in any order, and with elements named twice", async () =>
	holds(
		600,
		fc.property(twoOrders, ([declared, shuffled]) => {
			expect(check(shuffled)).toEqual(check(declared));
		}),
	));

test("check never throws, whatever it is given", async () =>
	holds(
		2000,
		fc.property(fc.oneof(settingsOf(settingNames), fc.tuple(program, settingsOf(settingNames))), (given) => {
			const news: Properties = Array.isArray(given) ? { ...given[0], ...given[1] } : given;
			for (const { property, reason } of check(news).failures) {
				expect([typeof property, typeof reason]).toEqual(["string", "string"]);
			}
		}),
	));

test("check never throws for values that JSON can carry and objects can't", async () =>
	holds(
		600,
		fc.property(fc.json({ maxDepth: 4, stringUnit: "binary" }), anything, (json, prototype) => {
			// JSON.parse gives an object a property of the name __proto__, Pulumi's wire format gives it another prototype.
			const given = { name: JSON.parse(json) as unknown, scope: JSON.parse(`{"__proto__":${json}}`) as unknown };
			expect(check(given).failures).toContainEqual({ property: "scope", reason: "must be a list" });
			const news = Object.create(typeof prototype === "object" ? prototype : null) as Properties;
			check(Object.assign(news, JSON.parse(`{"constructor":${json},"__proto__":[]}`)));
		}),
	));

const marker = "s3cr3t-marker-that-nobody-may-read";

test("check says nothing of a value, only of names", async () =>
	holds(
		800,
		fc.property(
			settingsOf(
				[...settingNames, "clientSecret", "secret", "accessToken"],
				fc.oneof(
					fc.constantFrom<unknown>(marker, [marker], { clientSecret: marker }, [{ roleId: marker, secret: marker }]),
					fc.dictionary(fc.constantFrom("name", "region", "maxAgeDays", "clientId", "secret"), fc.constant(marker)),
				),
			),
			(news) => {
				const { failures } = check(news);
				expect(JSON.stringify(failures)).not.toContain(marker);
				// Unless there is nothing at all to say, something was said.
				expect(failures.length).toBeGreaterThan(0);
			},
		),
	));

test("check answers at once for a megabyte of anything", async () =>
	holds(
		40,
		fc.property(
			fc.constantFrom(...settingNames, "x".repeat(1_000_000), "clientSecrets"),
			fc.constantFrom("a", "A:", "-._", "\u{1f600}", " ", "/", "x:1", "https://"),
			fc.boolean(),
			(name, piece, isList) => {
				const long = piece.repeat(1_000_000 / piece.length);
				// What takes the square of the length wouldn't end within the test's limit.
				expect(check({ [name]: isList ? [long, long] : long }).failures.length).toBeGreaterThan(0);
			},
		),
	));
