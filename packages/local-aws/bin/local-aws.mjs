#!/usr/bin/env node
// Runs src/cli.ts with a Node.js that is new enough: the one that npm installed, or else this one. Plain JavaScript,
// because an older Node.js must be able to run it.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { findNode } from "./find-node.mjs";

const cli = fileURLToPath(new URL("../src/cli.ts", import.meta.url));
const child = spawn(
  findNode(),
  ["--disable-warning=ExperimentalWarning", "--disable-warning=DEP0044", cli, ...process.argv.slice(2)],
  {
    // The program detects by the closed channel that this launcher was killed.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  },
);
process.on("SIGINT", () => {}); // The terminal sends SIGINT to the whole process group; the program exits by itself.
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => (signal ? process.kill(process.pid, signal) : process.exit(code ?? 1)));
