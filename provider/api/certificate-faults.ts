/** OpenSSL's codes for a certificate whose CA this process doesn't trust. */
const unknownIssuer = new Set([
	"CERT_UNTRUSTED",
	"DEPTH_ZERO_SELF_SIGNED_CERT",
	"SELF_SIGNED_CERT_IN_CHAIN",
	"UNABLE_TO_GET_ISSUER_CERT",
	"UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
	"UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

/** Whether a code means that a certificate was refused: a retry would refuse it again. */
export const isCertificateFault = (code: string): boolean => /CERT|VERIFY/.test(code);

/** What is wrong with a host's certificate, and what to do; undefined if the code means something else. */
export function describeCertificateFault(host: string, code: string): { what: string; next: string } | undefined {
	if (!isCertificateFault(code)) return undefined;
	return unknownIssuer.has(code)
		? {
				what: `the certificate of ${host} isn't trusted (${code})`,
				next: "If a proxy or gateway uses its own certificates, set NODE_EXTRA_CA_CERTS to the file of its CA certificate (PEM)",
			}
		: {
				what: `the certificate of ${host} isn't valid (${code})`,
				next: "Check this machine's clock, the region, the gateway and proxies",
			};
}
