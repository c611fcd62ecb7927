/** The name of the value by which a `RotatingOAuthClient` rotates its clients: the number of each one's own last turn. Stands in state. */
export const turnName = "turn of the RotatingOAuthClient";
