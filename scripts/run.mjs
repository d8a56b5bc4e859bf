// Runs one of our TypeScript programs with everything in place: `node scripts/run.mjs [options of Node] <program> [arguments]`.
//
// This is the only file that must work on a fresh clone, with whatever Node is there and nothing installed; so it is plain JavaScript and
// imports nothing but Node's own modules and one file of ours that does the same. It installs the dependencies when the lock file changed, and hands over to the Node that they bring.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findNode } from "../packages/local-aws/bin/find-node.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** S3 state locking, write-only arguments and ephemeral values need it. */
const TERRAFORM = { major: 1, minor: 11 };

const given = process.argv.slice(2);
const options = given.slice(
  0,
  given.findIndex((argument) => !argument.startsWith("-")),
);
const [program, ...args] = given.slice(options.length);
if (program === undefined) fail("usage: node scripts/run.mjs [options of Node] <program> [arguments]");
requireTerraform();
installIfChanged();
// npm links the installed Node as `node` for everything that npx runs here, and cdktf-cli does not run on it. Only our programs use it, by its path.
rmSync(join(ROOT, "node_modules", ".bin", "node"), { force: true });
handOver(newEnoughNode());

function requireTerraform() {
  const wanted = `Terraform ${TERRAFORM.major}.${TERRAFORM.minor} or newer is needed`;
  const where = "install it from https://developer.hashicorp.com/terraform/install and put it on the PATH";
  let version;
  try {
    const env = { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: "" };
    version = JSON.parse(execFileSync("terraform", ["version", "-json"], { env, stdio: ["ignore", "pipe", "ignore"] }));
  } catch {
    fail(`${wanted}, and there is none on the PATH: ${where}.`);
  }
  const [major, minor] = version.terraform_version.split(".").map(Number);
  if (major < TERRAFORM.major || (major === TERRAFORM.major && minor < TERRAFORM.minor)) {
    fail(`${wanted}, and the one on the PATH is ${version.terraform_version}: ${where}.`);
  }
}

/** `npm ci`, unless what the lock file says is what was installed last. The mark is written last, so an interrupted installation is done again. */
function installIfChanged() {
  const mark = join(ROOT, "node_modules", ".installed-lock");
  const lock = createHash("sha256")
    .update(readFileSync(join(ROOT, "package-lock.json")))
    .digest("hex");
  if (existsSync(mark) && readFileSync(mark, "utf8") === lock) return;
  console.error("Installing the dependencies (once, and again when package-lock.json changes) …");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const { status, error } = spawnSync(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: "" }, // development dependencies too, whatever the shell says
    stdio: ["ignore", 2, 2], // what we run may print for machines on its standard output
  });
  if (status !== 0) fail(`npm ci failed${error ? `: ${error.message}` : ""}.`);
  writeFileSync(mark, lock);
}

function newEnoughNode() {
  try {
    return findNode();
  } catch (error) {
    return fail(error.message);
  }
}

function handOver(node) {
  const path = [dirname(node), join(ROOT, "node_modules", ".bin"), process.env.PATH].join(delimiter);
  // the channel tells the program when this launcher is gone, even by SIGKILL
  const quiet = ["ExperimentalWarning", "DEP0044"].map((warning) => `--disable-warning=${warning}`); // of dependencies
  const child = spawn(node, [...quiet, ...options, join(ROOT, program), ...args], {
    env: {
      ...process.env,
      PATH: path,
      // what a program runs for the user must find the user's own Node: `npm run local -- npx cdktf-cli …`
      NV_DEMO_USER_PATH: process.env.PATH,
      NODE_COMPILE_CACHE: join(ROOT, "node_modules", ".cache", "node"),
    },
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  // a terminal sends Ctrl-C to the whole group: the program ends in its own order, and this launcher after it
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => fail(error.message));
  child.on("exit", (code, signal) => (signal ? process.kill(process.pid, signal) : process.exit(code ?? 1)));
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
