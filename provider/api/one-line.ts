/** Turns a text into one line without control characters, so that text from a server or program is safe to print. */
export const oneLine = (text: string): string => text.replaceAll(/[\s\p{Cc}\p{Bidi_Control}]+/gu, " ").trim();
