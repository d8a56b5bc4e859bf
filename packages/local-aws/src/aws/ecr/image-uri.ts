import { REGISTRY } from "./repositories.ts";

export interface ImageUri {
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Parses `<registry>/<repository>:<tag>` or `…@<digest>`; the tag defaults to `latest`. */
export function parseImageUri(uri: string): ImageUri {
  const path = uri.startsWith(`${REGISTRY}/`) ? uri.slice(REGISTRY.length + 1) : uri;
  const [name = "", digest] = path.split("@");
  const colon = name.lastIndexOf(":");
  const repository = colon === -1 ? name : name.slice(0, colon);
  if (digest !== undefined) return { repository, digest };
  return { repository, tag: colon === -1 ? "latest" : name.slice(colon + 1) };
}
