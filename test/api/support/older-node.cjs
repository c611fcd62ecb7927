// Loaded with --require: what runs after it sees an older Node than this package needs.
Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.18.0" } });
