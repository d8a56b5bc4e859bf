import type { FilesApi } from "../api/files-api.ts";
import type { FileEntry } from "../model/entries.ts";

/** Types that a link displays instead of storing. Small ones are stored by this page. */
const displayed = /^(text\/plain|image\/(png|jpeg|gif|webp|avif)|(audio|video)\/)/i;
export const MAX_STORED_BYTES = 100_000_000;
/** Enough to begin; a transfer that has begun is not interrupted. */
const LINK_SECONDS = 60;

/** Downloads a file with a link, so that the browser shows the progress and needs no memory for it. */
export async function download(file: FileEntry, files: Pick<FilesApi, "link">): Promise<void> {
  const { url } = await files.link(file.key, LINK_SECONDS);
  const isDisplayed = displayed.test(file.type);
  if (!isDisplayed) return follow(url, {});
  if (file.size > MAX_STORED_BYTES) return follow(url, { target: "_blank", rel: "noopener" });
  store(await (await fetch(url, { credentials: "omit" })).blob(), file.name);
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
