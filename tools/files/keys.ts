import { basename, posix } from "node:path";
import { UsageError } from "../command-line/errors.ts";

/** How an argument names a folder or a file of the Files API where a local path is possible, too. */
const REMOTE = "files:";

/** A place on this machine, or in the Files API. */
export type Location =
  | { readonly kind: "local"; readonly path: string }
  | { readonly kind: "remote"; readonly prefix: string };

/** @throws UsageError */
export function parseLocation(text: string): Location {
  if (!text.startsWith(REMOTE)) return { kind: "local", path: text };
  const prefix = text.slice(REMOTE.length).replace(/^\/+/, "");
  return { kind: "remote", prefix: prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/` };
}

/** The key of an upload: the destination, or the name of the file in it when the destination is a folder or absent. */
export function uploadKey(file: string, destination: string | undefined): string {
  if (destination === undefined) return basename(file);
  return destination.endsWith("/") ? `${destination}${basename(file)}` : destination;
}

/**
 * The path of a file below a folder of a download.
 *
 * @throws UsageError for a key that would leave the folder
 */
export function relativePath(key: string, prefix: string): string {
  const path = key.slice(prefix.length);
  const isSafe =
    path !== "" && !path.startsWith("/") && !path.includes("\\") && !posix.normalize(path).startsWith("..");
  if (isSafe && !path.endsWith("/")) return path;
  throw new UsageError(`The key ${JSON.stringify(key)} is not a possible path on this machine.`);
}
