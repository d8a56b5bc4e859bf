// Installs the dependencies when the lock file has changed, and shows the progress. Like run.mjs, it works with any
// Node.js version and without dependencies.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { passSignals } from "./signals.mjs";

/** Between two looks at what is installed, on a terminal and in a log. */
const INTERVAL_MS = { terminal: 500, log: 15_000 };

/**
 * Runs `npm ci`, unless this lock file was installed last. Its hash is written last, so that an interrupted
 * installation is repeated.
 *
 * @param {{ root: string, fail: (message: string) => never, npm?: string }} options `fail` prints a message and ends
 *   the process.
 */
export async function installIfChanged({ root, fail, npm = process.platform === "win32" ? "npm.cmd" : "npm" }) {
  const marker = join(root, "node_modules", ".installed-lock");
  const lockFile = readFileSync(join(root, "package-lock.json"));
  const lock = createHash("sha256").update(lockFile).digest("hex");
  if (existsSync(marker) && readFileSync(marker, "utf8") === lock) return;
  const startedAt = Date.now();
  const reason = existsSync(marker) ? ", because package-lock.json has changed" : "";
  const progress = showProgress(root, JSON.parse(lockFile.toString()), { startedAt, reason });
  const { code, signal, error } = await npmCi(root, npm, progress.print);
  progress.end();
  if (signal) {
    console.error("Interrupted. The next command installs the dependencies again.");
    process.exit(128 + constants.signals[signal]);
  }
  if (code !== 0)
    fail(
      `npm ci failed${error ? `: ${error.message}` : ""}. Check the network and the disk, then run the command again.`,
    );
  writeFileSync(marker, lock);
  console.error(`Installed the dependencies in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
}

/** Runs npm until it ends, or until this process is interrupted, whose signal npm gets too. */
function npmCi(root, npm, print) {
  return new Promise((resolve) => {
    const child = spawn(
      npm,
      ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--no-progress"],
      {
        cwd: root,
        env: { ...process.env, NODE_ENV: "" }, // Installs development dependencies too, with any setting of the shell.
        stdio: ["ignore", "ignore", "pipe"], // The standard output belongs to the program.
      },
    );
    child.stderr.on("data", print);
    let received;
    const stopPassing = passSignals({
      kill(signal) {
        if (!received) print("Stopping npm ci …\n");
        received = signal;
        child.kill(signal);
      },
    });
    const finish = (result) => {
      stopPassing();
      resolve({ signal: received, ...result });
    };
    child.on("error", (error) => finish({ code: 1, error }));
    child.on("close", (code) => finish({ code }));
  });
}

/** Says what is installed, and how many of the packages are there. */
function showProgress(root, lock, { startedAt, reason }) {
  const folders = Object.entries(lock.packages)
    .filter(([path, entry]) => path.startsWith("node_modules/") && isForThisMachine(entry))
    .map(([path]) => join(root, path, "package.json"));
  console.error(`Installing ${folders.length} packages with npm ci${reason} …`);
  const { isTTY, columns = 80 } = process.stderr;
  const redraws = Boolean(isTTY) && process.env.TERM !== "dumb" && !process.env.CI;
  const show = () => {
    const installed = folders.filter((file) => existsSync(file)).length;
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    const text = `  ${installed} of ${folders.length} packages, ${seconds} s`;
    process.stderr.write(redraws ? `\r\u001b[K${text.slice(0, columns - 1)}` : `${text}\n`);
  };
  const timer = setInterval(show, redraws ? INTERVAL_MS.terminal : INTERVAL_MS.log);
  const clear = () => {
    if (redraws) process.stderr.write("\r\u001b[K");
  };
  return {
    /** Prints text above the progress. */
    print(text) {
      clear();
      process.stderr.write(text);
    },
    end() {
      clearInterval(timer);
      clear();
    },
  };
}

const isMusl = process.platform === "linux" && !process.report.getReport().header.glibcVersionRuntime;

/** npm leaves out packages for other systems, processors and C libraries, and optional peers. */
function isForThisMachine({ os, cpu, libc, optional, peer, link }) {
  return (
    !link &&
    !(optional && peer) &&
    (os?.includes(process.platform) ?? true) &&
    (cpu?.includes(process.arch) ?? true) &&
    (libc?.includes(isMusl ? "musl" : "glibc") ?? true)
  );
}
