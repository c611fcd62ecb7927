import { expect, test } from "vitest";
import { signAdHoc, signatureFault } from "../../tools/plugin-executable/mach-o.mjs";

const pageOfSegments = 4096;

/** A program for macOS as the compiler leaves it on Intel: with a signature that something else had. */
function programWithSignature(): Buffer {
	const program = Buffer.alloc(3 * pageOfSegments + 16, "a program");
	const signature = 2 * pageOfSegments + 1024;
	program.fill(0, 0, 256);
	program.writeUInt32LE(0xfeedfacf, 0);
	program.writeUInt32LE(3, 16);
	const segment = (at: number, name: string, fileOffset: number, size: number) => {
		program.writeUInt32LE(0x19, at);
		program.writeUInt32LE(72, at + 4);
		program.write(name, at + 8);
		program.writeBigUInt64LE(BigInt(fileOffset), at + 40);
		program.writeBigUInt64LE(BigInt(size), at + 48);
	};
	segment(32, "__TEXT", 0, pageOfSegments);
	segment(104, "__LINKEDIT", 2 * pageOfSegments, pageOfSegments + 16);
	[0x1d, 16, signature, program.length - signature].forEach((word, index) =>
		program.writeUInt32LE(word, 176 + index * 4),
	);
	program.fill(0, signature);
	[0xfade0cc0, 20, 1, 0, 20].forEach((word, index) => program.writeUInt32BE(word, signature + index * 4));
	return program;
}

test("a program for macOS whose signature no longer holds gets one that does, until a byte changes", () => {
	const program = programWithSignature();
	expect(signatureFault(program)).toBe("it has no hashes");
	const signed = signAdHoc(program);
	expect(signatureFault(signed)).toBeUndefined();
	// The segment ends where the file does.
	expect(signed.readBigUInt64LE(104 + 40) + signed.readBigUInt64LE(104 + 48)).toBe(BigInt(signed.length));
	// Signed again it is the same: nothing in it depends on when or what was there.
	expect(signAdHoc(signed).equals(signed)).toBe(true);
	signed.writeUInt8(1, pageOfSegments + 7);
	expect(signatureFault(signed)).toBe("1 pages differ from it");
});
