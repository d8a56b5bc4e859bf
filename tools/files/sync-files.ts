import { readdir, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { UsageError } from "../command-line/errors.ts";
import type { FilesApi } from "./files-api.ts";
import { relativePath } from "./keys.ts";
import type { SyncFile, SyncFiles } from "./plan-sync.ts";

/** The files of a folder with everything below it, by their paths with slashes. Links are not followed. */
export async function localFiles(folder: string): Promise<SyncFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    if ((error as NodeJS.ErrnoException).code === "ENOTDIR") throw new UsageError(`${folder} is not a folder.`);
    throw error;
  });
  const files = new Map<string, SyncFile>();
  for (const entry of entries) {
    if (!entry.isFile() || entry.name.endsWith(".part")) continue;
    const path = join(entry.parentPath, entry.name);
    const { size, mtimeMs } = await stat(path);
    files.set(path.slice(join(folder, sep).length).replaceAll(sep, "/"), { size, modified: mtimeMs });
  }
  return files;
}

/** The files of a folder of the API, by their paths below it. */
export async function remoteFiles(api: FilesApi, prefix: string): Promise<SyncFiles> {
  const files = new Map<string, SyncFile>();
  for await (const { prefix_path: key, size, date_added } of api.list(prefix)) {
    if (key.endsWith("/")) continue; // A folder that a person created in S3.
    files.set(relativePath(key, prefix), { size, modified: Date.parse(date_added) });
  }
  return files;
}
