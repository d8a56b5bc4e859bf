import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../command-line/errors.ts";
import { plural } from "../command-line/terminal/text.ts";
import type { FilesContext } from "./files-context.ts";
import { parseLocation } from "./keys.ts";
import { planSync } from "./plan-sync.ts";
import { localFiles, remoteFiles } from "./sync-files.ts";
import { downloadAll, type Transfer, uploadAll } from "./transfer.ts";

export interface SyncOptions {
  readonly dryRun: boolean;
  /** Removes at the destination what the source does not have. */
  readonly delete: boolean;
}

/**
 * Makes the destination like the source: one of them is a folder of this machine, the other one of the API.
 *
 * @throws UsageError, FilesError
 */
export async function sync(
  context: FilesContext,
  source: string,
  destination: string,
  options: SyncOptions,
): Promise<void> {
  const [from, to] = [parseLocation(source), parseLocation(destination)];
  if (from.kind === "local" && to.kind === "remote") return upload(context, from.path, to.prefix, options);
  if (from.kind === "remote" && to.kind === "local") return download(context, from.prefix, to.path, options);
  throw new UsageError("One of the two must be a folder on this machine, and the other one begin with files:");
}

async function upload(context: FilesContext, folder: string, prefix: string, options: SyncOptions): Promise<void> {
  if (!existsSync(folder)) throw new UsageError(`There is no folder ${folder}.`);
  const [local, remote] = await Promise.all([localFiles(folder), remoteFiles(context.api, prefix)]);
  const { copy: paths, remove: surplus } = planSync(local, remote);
  const transfers = paths.map((path): Transfer => ({ path: join(folder, path), key: prefix + path }));
  const removed = options.delete ? surplus.map((path) => prefix + path) : [];
  if (options.dryRun)
    return describe(
      context,
      transfers.map(({ key }) => `upload ${key}`),
      removed,
    );
  await uploadAll(context, transfers, true);
  await context.api.removeAll(removed);
  context.print(summary("uploaded", transfers.length, removed.length));
}

async function download(context: FilesContext, prefix: string, folder: string, options: SyncOptions): Promise<void> {
  const [remote, local] = await Promise.all([remoteFiles(context.api, prefix), localFiles(folder)]);
  const { copy: paths, remove: surplus } = planSync(remote, local);
  const transfers = paths.map((path): Transfer => {
    const { modified } = remote.get(path) ?? {};
    return { path: join(folder, path), key: prefix + path, ...(modified !== undefined && { modified }) };
  });
  const removed = options.delete ? surplus.map((path) => join(folder, path)) : [];
  if (options.dryRun)
    return describe(
      context,
      transfers.map(({ path }) => `download ${path}`),
      removed,
    );
  const total = paths.reduce((sum, path) => sum + (remote.get(path)?.size ?? 0), 0);
  await downloadAll(context, transfers, total, true);
  for (const path of removed) await rm(path);
  context.print(summary("downloaded", transfers.length, removed.length));
}

function describe({ print }: FilesContext, transfers: readonly string[], removed: readonly string[]): void {
  for (const line of transfers) print(`would ${line}`);
  for (const path of removed) print(`would remove ${path}`);
  if (transfers.length + removed.length === 0) print("Nothing to do.");
}

const summary = (verb: string, transferred: number, removed: number): string =>
  transferred + removed === 0
    ? "Nothing to do."
    : `${plural(transferred, "file")} ${verb}, ${plural(removed, "file")} removed`;
