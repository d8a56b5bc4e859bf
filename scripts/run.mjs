// Prepares this machine and runs one of our TypeScript programs:
// `node scripts/run.mjs [Node.js options] <program> [arguments]`.
//
// This file must work on a fresh clone, with any Node.js version and without dependencies. So it is plain JavaScript
// and imports only modules of Node.js and one file that does the same. It installs the dependencies when the lock
// file has changed, and runs the program with the Node.js version among them.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findNode } from "../packages/local-aws/bin/find-node.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** The first version with S3 state locking, write-only arguments and ephemeral values. */
const TERRAFORM = { major: 1, minor: 11 };
/** Commands that run no Terraform. */
const WITHOUT_TERRAFORM = ["cost", "doctor", "env", "format", "help", "info", "logs"];

const argv = process.argv.slice(2);
const options = argv.slice(
  0,
  argv.findIndex((argument) => !argument.startsWith("-")),
);
const [program, ...args] = argv.slice(options.length);
if (program === undefined) fail("Usage: node scripts/run.mjs [Node.js options] <program> [arguments]");
if (needsTerraform()) requireTerraform();
installIfChanged();
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

/**
 * Runs `npm ci`, unless this lock file was installed last. Its hash is written last, so that an interrupted
 * installation is repeated.
 */
function installIfChanged() {
  const marker = join(ROOT, "node_modules", ".installed-lock");
  const lock = createHash("sha256")
    .update(readFileSync(join(ROOT, "package-lock.json")))
    .digest("hex");
  if (existsSync(marker) && readFileSync(marker, "utf8") === lock) return;
  console.error("Installing the dependencies, because package-lock.json has changed …");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const { status, error } = spawnSync(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: "" }, // Also installs development dependencies, whatever the shell sets.
    stdio: ["ignore", 2, 2], // The standard output belongs to the program.
  });
  if (status !== 0) {
    fail(`npm ci failed${error ? `: ${error.message}` : ""}. Check the network and the disk, then run npm ci again.`);
  }
  writeFileSync(marker, lock);
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
  // A terminal sends Ctrl-C to the whole process group: the program shuts down, and this launcher ends after it.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => fail(error.message));
  child.on("exit", (code, signal) => (signal ? process.kill(process.pid, signal) : process.exit(code ?? 1)));
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
