/**
 * Turns a text into one line without control characters, so that text from a server or program is safe to print. Half of a character of two code
 * units becomes a space too: no message to Pulumi's engine can carry it.
 */
export const oneLine = (text: string): string => text.replaceAll(/[\s\p{Cc}\p{Cs}\p{Bidi_Control}]+/gu, " ").trim();
