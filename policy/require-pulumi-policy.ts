import { RunError } from "@pulumi/pulumi";

// Most programs don't need @pulumi/policy, so npm doesn't install it with this package. Pulumi prints a RunError without its stack.
try {
	require.resolve("@pulumi/policy");
} catch {
	throw new RunError(
		"this policy pack needs @pulumi/policy, which isn't installed: npm install --save-dev @pulumi/policy",
	);
}
