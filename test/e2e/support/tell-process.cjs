"use strict";
// Loaded into every Node process of a run: says which one it is, over a connection that ends when the process does.
const { connect } = require("node:net");

const connection = connect(Number(process.env["NODE_PROCESSES_PORT"]), "127.0.0.1");
connection.on("error", () => {}).unref();
connection.write(`${JSON.stringify({ id: process.pid, command: process.argv.join(" ") })}\n`);
