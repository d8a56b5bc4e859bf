import { findKeyFault, type KeyFault } from "../../../../lib/keys/object-key.ts";

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

const sentences: Readonly<Record<KeyFault, string>> = {
  empty: "Enter a name.",
  notUnicode: "The name contains a character that is not possible.",
  tooLong: "The name with its folders is too long.",
  leadingSlash: "A folder needs a name.",
  forbiddenCharacter: "The name contains a character that is not possible.",
  dotSegment: "The names . and .. are not possible.",
};

/** What is wrong with a name that somebody has entered, as a sentence; undefined when nothing is. */
export function explainNameFault(name: string, folder: Prefix): string | undefined {
  if (name === "") return sentences.empty;
  if (name.includes("/")) return "A name cannot contain a slash.";
  return explainKeyFault(folder + name);
}

/** What is wrong with a key, as a sentence; undefined when nothing is. The page shows no folder without a name. */
export function explainKeyFault(key: string): string | undefined {
  if (key.includes("//")) return sentences.leadingSlash;
  const fault = findKeyFault(key);
  return fault && sentences[fault];
}

/** A folder as it was entered: without slashes at the beginning, and with one at the end. */
export function normalizeFolder(text: string): Prefix {
  const path = text.trim().replace(/^\/+/, "").replace(/\/+$/, "");
  return path === "" ? "" : `${path}/`;
}

/** The first key that is not taken: `report.pdf` → `report (2).pdf`. */
export async function freeKey(key: string, isTaken: (candidate: string) => Promise<boolean>): Promise<string> {
  const folder = folderOf(key);
  const name = nameOf(key);
  const dot = name.lastIndexOf(".");
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  for (let number = 2; ; number += 1) {
    const candidate = `${folder}${stem} (${number})${extension}`;
    if (!(await isTaken(candidate))) return candidate;
  }
}
