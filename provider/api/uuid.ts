/** The form of a UUID. */
export const uuidForm: RegExp = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
