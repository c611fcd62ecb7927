// The signature of a program for macOS, as far as it must be there: one without a name, "ad hoc". The layout is that of Apple's cs_blobs.h, and of what
// Go's linker writes.
import { createHash } from "node:crypto";

const magics = { file: 0xfeedfacf, signature: 0xfade0cc0, codeDirectory: 0xfade0c02 };
const commands = { segment: 0x19, signature: 0x1d };
const flags = { adHoc: 0x2, linkerSigned: 0x20000 };
const mainProgram = 1n;
const version = 0x20400;
const pageBits = 12;
const hashSize = 32;
const sha256 = 2;
const sizes = { superBlob: 20, codeDirectory: 88 };

/** The program with an ad-hoc signature in place of the one that it has, which holds no more when something was added. */
export function signAdHoc(program) {
	const { signature, segments } = readCommands(program);
	const limit = program.readUInt32LE(signature + 8);
	const identity = Buffer.from("pulumi-resource-genesyscloud-oauth\0");
	const pages = Math.ceil(limit / 2 ** pageBits);
	const hashes = sizes.codeDirectory + identity.length;
	const length = hashes + pages * hashSize;
	const code = Buffer.from(program.subarray(0, limit));
	code.writeUInt32LE(sizes.superBlob + length, signature + 12);
	const link = segments["__LINKEDIT"];
	const linked = BigInt(limit + sizes.superBlob + length) - code.readBigUInt64LE(link + 40);
	code.writeBigUInt64LE(linked, link + 48);
	// In memory it has whole pages, of 16 KiB on the largest.
	code.writeBigUInt64LE(((linked + 0x3fffn) / 0x4000n) * 0x4000n, link + 32);

	const superBlob = words(magics.signature, sizes.superBlob + length, 1, 0, sizes.superBlob);
	const counts = [version, flags.adHoc | flags.linkerSigned, hashes, sizes.codeDirectory, 0, pages, limit];
	const directory = Buffer.concat([
		words(magics.codeDirectory, length, ...counts),
		Buffer.from([hashSize, sha256, 0, pageBits]),
		// No scattered pages, no team, no limit beyond 32 bits.
		Buffer.alloc(24),
		longs(0n, code.readBigUInt64LE(segments["__TEXT"] + 48), mainProgram),
	]);
	return Buffer.concat([code, superBlob, directory, identity, ...pageHashes(code, limit, 2 ** pageBits)]);
}

/** What is wrong with a program's signature: macOS ends a program whose pages differ from it. Undefined for nothing. */
export function signatureFault(program) {
	const { signature } = readCommands(program);
	if (signature === undefined) return "it has none";
	const [offset, size] = [program.readUInt32LE(signature + 8), program.readUInt32LE(signature + 12)];
	if (offset + size !== program.length) return "it isn't at the end";
	const blobs = program.subarray(offset);
	if (blobs.readUInt32BE(0) !== magics.signature) return "it is none";
	const directory = blobs.subarray(blobs.readUInt32BE(16));
	if (directory.readUInt32BE(0) !== magics.codeDirectory) return "it has no hashes";
	if ((directory.readUInt32BE(12) & flags.adHoc) === 0) return "it isn't ad hoc";
	const [hashes, count, limit] = [16, 28, 32].map((at) => directory.readUInt32BE(at));
	if (limit !== offset) return "it is of another part of the file";
	const expected = pageHashes(program, limit, 2 ** directory[39]);
	if (count !== expected.length) return "it has another number of pages";
	const wrong = expected.filter(
		(hash, page) => hash.compare(directory, hashes + page * hashSize, hashes + (page + 1) * hashSize) !== 0,
	);
	return wrong.length === 0 ? undefined : `${wrong.length} pages differ from it`;
}

/** Where the commands are that a signature needs. */
function readCommands(program) {
	if (program.readUInt32LE(0) !== magics.file) throw new Error("this is no 64-bit program for macOS");
	const found = { signature: undefined, segments: {} };
	let at = 32;
	for (let left = program.readUInt32LE(16); left > 0; left--) {
		const command = program.readUInt32LE(at);
		if (command === commands.signature) found.signature = at;
		if (command === commands.segment)
			found.segments[program.toString("latin1", at + 8, at + 24).replace(/\0+$/, "")] = at;
		at += program.readUInt32LE(at + 4);
	}
	return found;
}

function pageHashes(program, limit, pageSize) {
	return Array.from({ length: Math.ceil(limit / pageSize) }, (_, page) =>
		createHash("sha256")
			.update(program.subarray(page * pageSize, Math.min((page + 1) * pageSize, limit)))
			.digest(),
	);
}

function words(...values) {
	const buffer = Buffer.alloc(values.length * 4);
	values.forEach((value, index) => buffer.writeUInt32BE(value, index * 4));
	return buffer;
}

function longs(...values) {
	const buffer = Buffer.alloc(values.length * 8);
	values.forEach((value, index) => buffer.writeBigUInt64BE(value, index * 8));
	return buffer;
}
