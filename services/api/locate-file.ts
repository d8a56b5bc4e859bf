import { HttpProblem } from "../../lib/http/problem.ts";
import type { FileCatalog } from "./file-catalog.ts";
import { fileNotFound } from "./problems.ts";

/** How many of the files with one basename an answer names. */
const MAX_NAMED = 10;

export interface LocatedFile<T> {
  readonly key: string;
  readonly value: T;
}

/**
 * Finds the file that a caller means. A key is looked for in the bucket itself, so that a file is there from the moment it was
 * stored, and with the database away. Only a bare basename that is no key asks the catalog.
 *
 * @param fetch gets what the caller wants of a key, or undefined when the bucket has no such object
 * @throws HttpProblem 404 when there is none, 409 that names them when several have the basename
 */
export async function locateFile<T>(
  name: string,
  catalog: Pick<FileCatalog, "findByName">,
  fetch: (key: string) => Promise<T | undefined>,
): Promise<LocatedFile<T>> {
  const direct = await fetch(name);
  if (direct !== undefined) return { key: name, value: direct };
  const key = await findOnly(name, catalog);
  const value = await fetch(key);
  if (value === undefined) throw fileNotFound();
  return { key, value };
}

async function findOnly(name: string, catalog: Pick<FileCatalog, "findByName">): Promise<string> {
  if (name.includes("/")) throw fileNotFound();
  const [key, ...others] = await catalog.findByName(name, MAX_NAMED + 1);
  if (key === undefined) throw fileNotFound();
  if (others.length === 0) return key;
  throw new HttpProblem(409, "AmbiguousName", "Several files have this name; ask for one of them by its whole key.", {
    extensions: { keys: [key, ...others].slice(0, MAX_NAMED), complete: others.length < MAX_NAMED },
  });
}
