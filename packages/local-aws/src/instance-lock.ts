import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { INSTANCE_FILE } from "./data-folder.ts";
import type { LocalHosts } from "./hosts.ts";
import { LocalAwsError } from "./runtime/local-aws-error.ts";
import { processStartTime } from "./runtime/processes.ts";

/** How other processes connect to the instance that uses a data folder. */
export interface InstanceAddress {
  readonly pid: number;
  readonly startedAt: string | undefined;
  /** The port of the gateway. */
  readonly port: number;
  /** Authorizes requests to the control API. The file is readable by its owner only. */
  readonly token: string;
  /** With the token of the dashboard. */
  readonly dashboardUrl?: string | undefined;
  /** The servers outside of AWS. */
  readonly hosts?: LocalHosts | undefined;
}

/** The data folder is in use. */
export class InstanceRunningError extends LocalAwsError {
  override readonly name = "InstanceRunningError";
  readonly code = "INSTANCE_RUNNING";
  /** Process that uses the folder. */
  readonly pid: number;

  constructor(directory: string, { pid }: { readonly pid: number }) {
    super(`The data folder ${directory} is in use by the instance with process id ${pid}. Stop it first (Ctrl-C).`);
    this.pid = pid;
  }
}

/**
 * One instance per data folder. The lock is a file that identifies its holder by process ID and start time; the file of
 * a holder that was killed is replaced.
 */
export class InstanceLock {
  readonly #path: string;
  readonly #address: InstanceAddress;

  private constructor(path: string, address: InstanceAddress) {
    this.#path = path;
    this.#address = address;
  }

  /** @throws InstanceRunningError when another instance uses the folder. */
  static acquire(directory: string, address: Omit<InstanceAddress, "pid" | "startedAt">): InstanceLock {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const path = lockPath(directory);
    const mine: InstanceAddress = { ...address, pid: process.pid, startedAt: processStartTime(process.pid) };
    const written = `${path}.${process.pid}`;
    writeFileSync(written, JSON.stringify(mine), { mode: 0o600 });
    try {
      while (!link(written, path)) {
        const holder = findInstance(directory);
        if (holder) throw new InstanceRunningError(directory, holder);
        removeStaleLock(path);
      }
      return new InstanceLock(path, mine);
    } finally {
      rmSync(written);
    }
  }

  /** Publishes the port of the gateway, once it listens, and of the other servers. Until then the port is 0. */
  announce(listening: Pick<InstanceAddress, "port" | "dashboardUrl" | "hosts">): void {
    const written = `${this.#path}.${process.pid}`;
    writeFileSync(written, JSON.stringify({ ...this.#address, ...listening }), { mode: 0o600 });
    renameSync(written, this.#path);
  }

  release(): void {
    rmSync(this.#path, { force: true });
  }
}

/** The instance that uses the data folder now, if any. */
export function findInstance(directory: string): InstanceAddress | undefined {
  try {
    const address = JSON.parse(readFileSync(lockPath(directory), "utf8")) as InstanceAddress;
    return isAlive(address) ? address : undefined;
  } catch {
    return undefined; // There is no instance.
  }
}

function lockPath(directory: string): string {
  return join(directory, INSTANCE_FILE);
}

function isAlive({ pid, startedAt }: InstanceAddress): boolean {
  if (startedAt !== undefined) return processStartTime(pid) === startedAt;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Creates the lock file from a complete file, unless it exists. */
function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Of two processes that find the same stale lock, one moves the file away and the other finds no file. */
function removeStaleLock(path: string): void {
  try {
    renameSync(path, `${path}.dead`);
    rmSync(`${path}.dead`, { force: true });
  } catch {
    // The other process was first.
  }
}
