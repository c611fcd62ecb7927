/** The oldest Node version that this package and its libraries support. */
const oldest = [22, 12] as const;

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
	// The libraries would fail with misleading errors.
	const error = new Error(
		`pulumi-genesyscloud-oauth needs Node ${oldest.join(".")} or newer, but Pulumi runs it with Node ${process.versions.node} (${process.execPath}): put a newer node first on PATH`,
	);
	error.stack = error.message;
	// Hidden, since Pulumi would show them beside the message.
	Object.defineProperties(error, {
		// The provider's process prints `${error}: ${error.stack}`: this avoids printing the message twice.
		toString: { value: () => "Node is too old" },
		// An error like Pulumi's RunError: of it a program's process shows the message alone.
		__pulumiRunError: { value: true },
	});
	throw error;
}
