/** A folder is the part of a key up to a slash, with the slash; the root folder is empty. */
export type Prefix = string;

/** The last part of a key or a folder, without a slash. */
export function nameOf(key: string): string {
  const path = key.endsWith("/") ? key.slice(0, -1) : key;
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The folder that contains a key or a folder. */
export function folderOf(key: string): Prefix {
  const path = key.endsWith("/") ? key.slice(0, -1) : key;
  return path.slice(0, path.lastIndexOf("/") + 1);
}

/** A folder and its name. */
export interface Crumb {
  readonly prefix: Prefix;
  readonly name: string;
}

/** The folders from the root to this one, without the root. */
export function crumbsOf(prefix: Prefix): Crumb[] {
  const names = prefix.split("/").slice(0, -1);
  return names.map((name, index) => ({ name, prefix: `${names.slice(0, index + 1).join("/")}/` }));
}

/** The key as a URL path: everything but slashes and the unreserved characters of RFC 3986 is percent-encoded. */
export const encodeKey = (key: string): string =>
  encodeURIComponent(key)
    .replaceAll("%2F", "/")
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

const MAX_KEY_BYTES = 1024;
const forbidden = /[\p{Cc}\uFFFE\uFFFF]/u;

/** What is wrong with a name that somebody has entered, as a sentence; undefined when nothing is. */
export function findNameFault(name: string, folder: Prefix): string | undefined {
  if (name === "") return "Enter a name.";
  if (name.includes("/")) return "A name cannot contain a slash.";
  return findKeyFault(folder + name);
}

/** What is wrong with a key, as a sentence; undefined when nothing is. The API refuses the same keys. */
export function findKeyFault(key: string): string | undefined {
  if (key.startsWith("/") || key.includes("//")) return "A folder needs a name.";
  if (key.split("/").some((part) => part === "." || part === "..")) return "The names . and .. are not possible.";
  if (forbidden.test(key) || !key.isWellFormed()) return "The name contains a character that is not possible.";
  if (new TextEncoder().encode(key).byteLength > MAX_KEY_BYTES) return "The name with its folders is too long.";
  return undefined;
}

/** A folder as it was entered: without slashes at the beginning, and with one at the end. */
export function normalizeFolder(text: string): Prefix {
  const path = text.trim().replace(/^\/+/, "").replace(/\/+$/, "");
  return path === "" ? "" : `${path}/`;
}

/** A key that is not taken: `report.pdf` → `report (2).pdf`. */
export function freeKey(key: string, isTaken: (candidate: string) => boolean): string {
  const folder = folderOf(key);
  const name = nameOf(key);
  const dot = name.lastIndexOf(".");
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  for (let number = 2; ; number += 1) {
    const candidate = `${folder}${stem} (${number})${extension}`;
    if (!isTaken(candidate)) return candidate;
  }
}
