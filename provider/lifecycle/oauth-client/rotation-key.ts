/** The key in `rotateWhenChanged` with which a `RotatingOAuthClient` rotates its clients: the number of a client's last rotation. It is in state: never change it. */
export const rotationKey = "rotation of the RotatingOAuthClient";
