#!/usr/bin/env node
// Runs src/cli.ts with a Node.js that can: this one when it is new enough, else the one that npm installed beside the
// package. Plain JavaScript, because an older Node.js must be able to run it.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { findNode } from "./find-node.mjs";

const cli = fileURLToPath(new URL("../src/cli.ts", import.meta.url));
const child = spawn(
  findNode(),
  ["--disable-warning=ExperimentalWarning", "--disable-warning=DEP0044", cli, ...process.argv.slice(2)],
  {
    // Through the channel the program learns that this launcher was killed.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  },
);
process.on("SIGINT", () => {}); // A terminal sends Ctrl-C to the whole group; the program ends in its own order.
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => (signal ? process.kill(process.pid, signal) : process.exit(code ?? 1)));
