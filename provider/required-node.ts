/** The oldest Node version that this package and its libraries support. */
const oldest = [22, 12] as const;

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
	// The libraries would fail with misleading errors.
	const error = new Error(
		`pulumi-genesyscloud-oauth needs Node ${oldest.join(".")} or newer, but Pulumi runs it with Node ${process.versions.node} (${process.execPath}): put a newer node first on PATH`,
	);
	error.stack = error.message;
	// Pulumi prints `${error}: ${error.stack}`: this avoids printing the message twice.
	error.toString = () => "Node is too old";
	throw error;
}
