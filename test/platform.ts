/** Windows has no signals that a process can answer, no modes of files, no links to files without a right, and no `sh`. */
export const isWindows = process.platform === "win32";
