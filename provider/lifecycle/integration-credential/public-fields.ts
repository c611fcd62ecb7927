/** Whether a field may be a plain value: OAuth's client id is no secret. */
export const isPublicField = (name: string): boolean => name === "clientId";
