import { RunError } from "@pulumi/pulumi";

// Most programs need no @pulumi/policy, so npm doesn't install it with this package. Of a RunError Pulumi prints the message alone.
try {
	require.resolve("@pulumi/policy");
} catch {
	throw new RunError(
		"this policy pack needs @pulumi/policy, which isn't installed: npm install --save-dev @pulumi/policy",
	);
}
