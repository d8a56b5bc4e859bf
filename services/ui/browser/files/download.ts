import type { FilesApi } from "../api/files-api.ts";

/** What the page reads into memory at most, in bytes. */
export const MAX_STORED_BYTES = 100_000_000;
/** Enough to begin; a transfer that has begun is not interrupted. */
const LINK_SECONDS = 60;

/** Downloads a file with a link, so that the browser shows the progress and needs no memory for it. */
export async function download(key: string, files: Pick<FilesApi, "downloadLink">): Promise<void> {
  const { url } = await files.downloadLink(key, LINK_SECONDS);
  follow(url, {});
}

/** Stores what the page has read. */
export function store(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  follow(url, { download: name });
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function follow(href: string, attributes: Partial<HTMLAnchorElement>): void {
  Object.assign(document.createElement("a"), { href, ...attributes }).click();
}
