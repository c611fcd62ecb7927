import { describe, expect, test } from "vitest";
import { secretHider } from "../../provider/api/masking";

const hide = (text: string, ...secrets: string[]) => secretHider(secrets)(text);

describe("a short secret", () => {
	test.each(["", " ", "u", "up", "admin", " admin\n", "u\n\n\n\n\nu"])(
		"such as %j stays: its gaps would tell it",
		(secret) => {
			const text = "admin: run pulumi up again, u u";
			expect(hide(text, secret)).toBe(text);
		},
	);

	test("of six characters is hidden", () => {
		expect(hide("the password hunter is wrong", "hunter")).toBe("the password [secret] is wrong");
	});
});

describe("a secret is hidden", () => {
	test.each([
		["inside a longer word, with that word", "the key x_hunter22_y of h", "hunter22", "the key [secret] of h"],
		["behind an escaped line break", String.raw`{"a":"1\nhunter22"}`, "hunter22", String.raw`{"a":"1\[secret]"}`],
		["between letters of two code units", "das 𝒜hunter22𝒜 Kennwort", "hunter22", "das [secret] Kennwort"],
		["with half a character", "a \ud83dhunter b", "\ud83dhunter", "a [secret] b"],
		["that overlaps itself", "a ?!?!?!?! b", "?!?!?!", "a [secret] b"],
		["between letters that aren't ASCII", "das Kennwort äöühunter22äöü", "hunter22", "das Kennwort [secret]"],
		["with the characters of a pattern", "a $&(.*)[x]\\ b", "$&(.*)[x]\\", "a [secret] b"],
		["with spaces", "named correct horse battery, it", "correct horse battery", "named [secret], it"],
		["on one line, when it has several", "got line one line two here", "line one\r\n\tline two\n", "got [secret] here"],
		["in JSON", String.raw`got "a\"quo\\ted" here`, 'a"quo\\ted', 'got "[secret]" here'],
		["in an address", "at /x?q=p%40ss%2Fw%20rd&r", "p@ss/w rd", "at /x?q=[secret]&r"],
		["in an address in lower case", "at /x?q=p%40ss%2fw%20rd&r", "p@ss/w rd", "at /x?q=[secret]&r"],
		["in a form", "sent q=p%40ss%2Fw+rd&r", "p@ss/w rd", "sent q=[secret]&r"],
		["in hex", "bytes 68756e7465723232", "hunter22", "bytes [secret]"],
		["where the text is cut", "the password correct-ho…", "correct-horse-battery", "the password [secret]…"],
		["at both ends", "hunter22 or hunter22", "hunter22", "[secret] or [secret]"],
	])("%s", (_, text, secret, shown) => {
		expect(hide(text, secret)).toBe(shown);
	});

	test.each(["", "u", "us", "user:", "user-name:"])("in Base64, behind %j", (before) => {
		for (const coding of ["base64", "base64url"] as const) {
			const text = `login ${Buffer.from(`${before}hunter22?>~~`).toString(coding)} refused`;
			expect(hide(text, "hunter22?>~~")).toMatch(/^login (\w*\/)?\[secret\]=* refused$/);
		}
	});
});

describe("several secrets", () => {
	const text = "the key-of-the-vault is here";

	test.each<[string, string[], string?]>([
		["one within the other", ["key-of-the-vault", "of-the"]],
		["in the other order", ["of-the", "key-of-the-vault"]],
		["that overlap", ["key-of-the", "the-vault"]],
		["one behind the other", ["key-of-", "the-vault"]],
		["one behind the other without letters", ["!?!?!?", "%&%&%&"], "the !?!?!?%&%&%& is here"],
	])("%s leave one gap", (_, secrets, other = text) => {
		expect(hide(other, ...secrets)).toBe("the [secret] is here");
	});

	test("with spaces that overlap leave one gap", () => {
		expect(hide("say one two three four five now", "one two three", "three four five")).toBe("say [secret] now");
	});
});

test.each(["secret", "[secret]", "[secret", "secret]x", "x[secret]y"])(
	"the mask %s as a secret shows as others do",
	(secret) => {
		const once = hide(`named ${secret} and hunter22`, secret, "hunter22");
		expect(once).toBe("named [secret] and [secret]");
		expect(hide(once, secret, "hunter22")).toBe(once);
	},
);

test("a part of a secret is hidden if that is random; otherwise it may be an ordinary word, which its gap would tell", () => {
	const text = "the configuration begins with configuration-of-c";
	const secret = "configuration-of-crm";
	expect(secretHider([secret])(text)).toBe(text);
	expect(secretHider([secret], true)(text)).toBe("the [secret] begins with [secret]");
});
