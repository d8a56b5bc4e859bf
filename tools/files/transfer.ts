import { stat } from "node:fs/promises";
import mime from "mime";
import pLimit from "p-limit";
import { downloadFile } from "./download.ts";
import type { FilesContext } from "./files-context.ts";
import { Progress } from "./progress.ts";
import { uploadFile } from "./upload.ts";

/** Files that are transferred at once. */
const PARALLEL_FILES = 4;

export interface Transfer {
  /** On this machine. */
  readonly path: string;
  readonly key: string;
  /** The time that a downloaded file gets, in milliseconds since the epoch; by default that of the object in S3. */
  readonly modified?: number;
}

/**
 * Uploads files. When one fails, those that have begun end, and no other begins.
 *
 * @throws FilesError
 */
export async function uploadAll(
  { api, journal, terminal }: FilesContext,
  transfers: readonly Transfer[],
  overwrite: boolean,
): Promise<void> {
  const sizes = await Promise.all(transfers.map(async ({ path }) => (await stat(path)).size));
  const progress = new Progress(
    terminal,
    sizes.reduce((sum, size) => sum + size, 0),
  );
  await transferAll(transfers, progress, ({ path, key }) => {
    const contentType = mime.getType(path) ?? "application/octet-stream";
    const upload = { path, key, contentType, keepExisting: !overwrite };
    return uploadFile(upload, { api, journal, onBytes: (bytes) => progress.add(bytes) });
  });
}

/** Downloads files, like {@link uploadAll}. @param total bytes of all files */
export async function downloadAll(
  { api, terminal }: FilesContext,
  transfers: readonly Transfer[],
  total: number,
  overwrite: boolean,
): Promise<void> {
  const progress = new Progress(terminal, total);
  await transferAll(transfers, progress, async (one) => {
    await downloadFile({ ...one, overwrite }, api, (bytes) => progress.add(bytes));
  });
}

async function transferAll(
  transfers: readonly Transfer[],
  progress: Progress,
  transfer: (one: Transfer) => Promise<void>,
): Promise<void> {
  const limit = pLimit(PARALLEL_FILES);
  let failure: { readonly error: unknown } | undefined;
  const running = transfers.map((one) =>
    limit(async () => {
      if (failure) return;
      try {
        await transfer(one);
      } catch (error) {
        failure ??= { error };
      }
    }),
  );
  await Promise.all(running);
  progress.finish();
  if (failure) throw failure.error;
}
