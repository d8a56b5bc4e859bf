import { getDroppedFiles } from "@uppy/core/utils";
import type { Prefix } from "../model/keys.ts";
import type { NewUpload } from "./upload-queue.ts";

/** The files of a drop, also those in folders, with their paths. */
export async function readDrop(transfer: DataTransfer, prefix: Prefix): Promise<NewUpload[]> {
  const files = await getDroppedFiles(transfer);
  return files.map((file) => ({ file, key: prefix + pathOf(file) }));
}

/** The files of a field, which can be those of a folder, with their paths. */
export const readField = (list: FileList | null, prefix: Prefix): NewUpload[] =>
  [...(list ?? [])].map((file) => ({ file, key: prefix + pathOf(file) }));

/** The path in a folder that was chosen or dropped; otherwise the name. */
function pathOf(file: File): string {
  const dropped = "relativePath" in file && typeof file.relativePath === "string" ? file.relativePath : "";
  return (dropped || file.webkitRelativePath || file.name).replace(/^\/+/, "");
}
