import { blockOf } from "../../documentation";

/** The block with this text of what docs/secret-delivery.md says about a file for a local process. */
export const documentedInFile = (part: string) =>
	blockOf("docs/secret-delivery.md", "To a file for a local process", part).text;
