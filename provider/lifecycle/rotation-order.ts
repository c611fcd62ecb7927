import type { RotationOrder } from "../config";
import type { Occasion } from "./context";

/** The user's order to rotate the secret of one of some clients; undefined without one. */
export const orderFor = ({ order }: Occasion, ids: readonly string[]): RotationOrder | undefined =>
	order !== undefined && ["all", ...ids].some((id) => order.ids.has(id)) ? order : undefined;

/** Why a secret is rotated, for messages. */
export const orderedBy = ({ name, source }: RotationOrder): string => `as set by ${source}, order ${name}`;
