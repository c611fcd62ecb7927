/** The name of the value by which a `RotatingOAuthClient` rotates its clients: the number of each one's own last rotation. Stands in state. */
export const rotationKey = "rotation of the RotatingOAuthClient";
