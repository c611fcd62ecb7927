/** The warning of an adopted client whose secret the stack doesn't know. */
export const unknownSecret =
	"clientSecret is empty, since this stack adopted the client and the API never shows an existing secret: set adopt.rotateSecret to true to rotate it, or to false to silence this warning";
