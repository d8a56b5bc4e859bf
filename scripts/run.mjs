// Prepares this machine and runs one of our TypeScript programs:
// `node scripts/run.mjs [Node.js options] <program> [arguments]`.
//
// This file must work on a fresh clone, with any Node.js version and without dependencies. So it is plain JavaScript
// and imports only modules of Node.js and files that do the same. It installs the dependencies when the lock
// file has changed, and runs the program with the Node.js version among them.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { constants } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findNode } from "../packages/local-aws/bin/find-node.mjs";
import { installIfChanged } from "./install.mjs";
import { passSignals } from "./signals.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** The first version with S3 state locking, write-only arguments and ephemeral values. */
const TERRAFORM = { major: 1, minor: 11 };
/** Commands that run no Terraform. */
const WITHOUT_TERRAFORM = ["cost", "doctor", "env", "files", "format", "help", "info", "logs", "slo", "user"];

const argv = process.argv.slice(2);
const options = argv.slice(
  0,
  argv.findIndex((argument) => !argument.startsWith("-")),
);
const [program, ...args] = argv.slice(options.length);
if (program === undefined) fail("Usage: node scripts/run.mjs [Node.js options] <program> [arguments]");
if (needsTerraform()) requireTerraform();
await installIfChanged({ root: ROOT, fail });
// npm links the installed Node.js as `node` for everything that npx runs here, and cdktf-cli does not support this
// version. Our programs use its path.
rmSync(join(ROOT, "node_modules", ".bin", "node"), { force: true });
run(installedNode());

/** Everything that runs no Terraform works without it. The doctor reports that it is missing. */
function needsTerraform() {
  const isHelp = args.includes("--help") || args.includes("-h");
  return !isHelp && !WITHOUT_TERRAFORM.includes(basename(program, ".ts"));
}

function requireTerraform() {
  const required = `Terraform ${TERRAFORM.major}.${TERRAFORM.minor} or newer is required`;
  const install =
    "Install it from https://developer.hashicorp.com/terraform/install and add it to the PATH.\n" +
    "Check it with npm run doctor";
  let version;
  try {
    const env = { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: "" };
    version = JSON.parse(execFileSync("terraform", ["version", "-json"], { env, stdio: ["ignore", "pipe", "ignore"] }));
  } catch {
    fail(`${required}, and terraform is not on the PATH. ${install}`);
  }
  const [major, minor] = version.terraform_version.split(".").map(Number);
  if (major < TERRAFORM.major || (major === TERRAFORM.major && minor < TERRAFORM.minor)) {
    fail(`${required}, and the version on the PATH is ${version.terraform_version}. ${install}`);
  }
}

function installedNode() {
  try {
    return findNode();
  } catch (error) {
    return fail(error.message);
  }
}

function run(node) {
  const path = [dirname(node), join(ROOT, "node_modules", ".bin"), process.env.PATH].join(delimiter);
  // The IPC channel closes when this launcher terminates, even by SIGKILL; the program then shuts down.
  // Dependencies cause these warnings.
  const disabledWarnings = ["ExperimentalWarning", "DEP0044"].map((warning) => `--disable-warning=${warning}`);
  const child = spawn(node, [...disabledWarnings, ...options, join(ROOT, program), ...args], {
    env: {
      ...process.env,
      PATH: path,
      // Commands that a program runs for the user use the user's Node.js: `npm run local -- npx cdktf-cli …`.
      NV_DEMO_USER_PATH: process.env.PATH,
      NODE_COMPILE_CACHE: join(ROOT, "node_modules", ".cache", "node"),
    },
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  // A terminal sends Ctrl-C to the whole process group, other senders only to this launcher. Programs accept a signal
  // twice. The launcher ends after its program.
  passSignals(child);
  child.on("error", (error) => fail(error.message));
  child.on("exit", (code, signal) => {
    // A killed program could not restore the terminal.
    if (signal === "SIGKILL" && process.stdin.isTTY)
      spawnSync("stty", ["sane"], { stdio: ["inherit", "ignore", "ignore"] });
    process.exit(code ?? 128 + constants.signals[signal]);
  });
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
