import { encodeKey } from "../../../../lib/keys/object-key.ts";
import type { Prefix } from "./keys.ts";

/** What the page shows. It is in the fragment of the address, which no server and no log receives. */
export type View =
  | { readonly name: "files"; readonly prefix: Prefix; readonly search: string }
  | { readonly name: "keys" }
  | { readonly name: "users" };

const home: View = { name: "files", prefix: "", search: "" };

/** Reads the fragment of an address, such as `#/files/team/plans/?q=budget`. */
export function parseView(fragment: string): View {
  const [path = "", query = ""] = fragment.replace(/^#/, "").split("?");
  if (path === "/keys") return { name: "keys" };
  if (path === "/users") return { name: "users" };
  if (!path.startsWith("/files/")) return home;
  try {
    const prefix = decodeURIComponent(path.slice("/files/".length));
    const isFolder = prefix === "" || prefix.endsWith("/");
    return isFolder ? { name: "files", prefix, search: new URLSearchParams(query).get("q") ?? "" } : home;
  } catch {
    return home; // It is not percent-encoded UTF-8.
  }
}

/** The address of a view, for links. */
export function addressOf(view: View): string {
  if (view.name !== "files") return `#/${view.name}`;
  const query = view.search === "" ? "" : `?${new URLSearchParams({ q: view.search })}`;
  return `#/files/${encodeKey(view.prefix)}${query}`;
}

export const folderAddress = (prefix: Prefix): string => addressOf({ name: "files", prefix, search: "" });
