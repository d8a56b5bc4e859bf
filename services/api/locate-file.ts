import { HttpError } from "../../lib/http/http-error.ts";
import { forbidden } from "../../lib/users/access.ts";
import { type Grant, isGranted, readablePrefixes } from "../../lib/users/grants.ts";
import { fileNotFound } from "./errors.ts";
import type { FileCatalog } from "./file-catalog.ts";

/** Maximum number of keys that the response to an ambiguous name lists. */
const MAX_LISTED = 10;

export interface LocatedFile<T> {
  readonly key: string;
  readonly value: T;
}

/**
 * Finds a file by its key, or by its basename if only one file that the caller may read has it. A key is looked up in
 * the bucket, so that a file is found as soon as it is stored, also while the database is unavailable. Only a basename
 * that is not a key needs the catalog. Without a grant on it, a key is not looked up at all: the response does not
 * depend on whether it exists.
 *
 * @param load reads the object with a key; undefined when the bucket has no such object
 * @throws HttpError 404 when there is no such file, or 403 when moreover the caller may not read the name as a key; 409
 *   that lists the keys when several files have the basename
 */
export async function locateFile<T>(
  name: string,
  grants: readonly Grant[],
  catalog: Pick<FileCatalog, "findByName">,
  load: (key: string) => Promise<T | undefined>,
): Promise<LocatedFile<T>> {
  const granted = isGranted(grants, "reader", name);
  const direct = granted ? await load(name) : undefined;
  if (direct !== undefined) return { key: name, value: direct };
  const key = await findUniqueKey(name, readablePrefixes(grants, ""), catalog);
  const value = key === undefined ? undefined : await load(key);
  if (key === undefined || value === undefined) throw granted ? fileNotFound() : forbidden("reader");
  return { key, value };
}

async function findUniqueKey(
  name: string,
  prefixes: readonly string[],
  catalog: Pick<FileCatalog, "findByName">,
): Promise<string | undefined> {
  if (name.includes("/") || prefixes.length === 0) return undefined;
  const [key, ...others] = await catalog.findByName(name, prefixes, MAX_LISTED + 1);
  if (key === undefined || others.length === 0) return key;
  throw new HttpError(409, "AmbiguousName", "Several files have this name. Request one of them by its whole key.", {
    extensions: { keys: [key, ...others].slice(0, MAX_LISTED), complete: others.length < MAX_LISTED },
  });
}
