import { HttpError } from "../../lib/http/http-error.ts";
import { fileNotFound } from "./errors.ts";
import type { FileCatalog } from "./file-catalog.ts";

/** Maximum number of keys that the response to an ambiguous name lists. */
const MAX_LISTED = 10;

export interface LocatedFile<T> {
  readonly key: string;
  readonly value: T;
}

/**
 * Finds a file by its key, or by its basename if only one file has it. A key is looked up in the bucket, so that a file
 * is found as soon as it is stored, also while the database is unavailable. Only a basename that is not a key needs the
 * catalog.
 *
 * @param load reads the object with a key; undefined when the bucket has no such object
 * @throws HttpError 404 when there is no such file, 409 that lists the keys when several files have the basename
 */
export async function locateFile<T>(
  name: string,
  catalog: Pick<FileCatalog, "findByName">,
  load: (key: string) => Promise<T | undefined>,
): Promise<LocatedFile<T>> {
  const direct = await load(name);
  if (direct !== undefined) return { key: name, value: direct };
  const key = await findUniqueKey(name, catalog);
  const value = await load(key);
  if (value === undefined) throw fileNotFound();
  return { key, value };
}

async function findUniqueKey(name: string, catalog: Pick<FileCatalog, "findByName">): Promise<string> {
  if (name.includes("/")) throw fileNotFound();
  const [key, ...others] = await catalog.findByName(name, MAX_LISTED + 1);
  if (key === undefined) throw fileNotFound();
  if (others.length === 0) return key;
  throw new HttpError(409, "AmbiguousName", "Several files have this name. Request one of them by its whole key.", {
    extensions: { keys: [key, ...others].slice(0, MAX_LISTED), complete: others.length < MAX_LISTED },
  });
}
