import { existsSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { UsageError } from "../command-line/errors.ts";
import { plural } from "../command-line/terminal/text.ts";
import type { FilesContext } from "./files-context.ts";
import { FilesError } from "./files-error.ts";
import { parseLocation, uploadKey } from "./keys.ts";
import { planSync } from "./plan-sync.ts";
import { formatBytes } from "./progress.ts";
import { localFiles, remoteFiles } from "./sync.ts";
import { downloadAll, type Transfer, uploadAll } from "./transfer.ts";

export async function put(
  context: FilesContext,
  file: string,
  destination: string | undefined,
  { overwrite }: { readonly overwrite: boolean },
): Promise<void> {
  const status = statSync(file, { throwIfNoEntry: false });
  if (!status) throw new UsageError(`There is no file ${file}.`);
  if (status.isDirectory()) throw new UsageError(`${file} is a folder: use sync ${file} files:${basename(file)}/`);
  const key = uploadKey(file, destination);
  await uploadAll(context, [{ path: file, key }], overwrite);
  context.print(`${key}: ${formatBytes(status.size)} uploaded`);
}

export async function get(
  context: FilesContext,
  key: string,
  destination: string | undefined,
  { overwrite }: { readonly overwrite: boolean },
): Promise<void> {
  const headers = await context.api.head(key);
  if (!headers) throw fileNotFound(key);
  const isFolder = destination !== undefined && existsSync(destination) && statSync(destination).isDirectory();
  const path = isFolder ? join(destination, basename(key)) : (destination ?? basename(key));
  const size = Number(headers.get("content-length"));
  await downloadAll(context, [{ path, key }], size, overwrite);
  context.print(`${path}: ${formatBytes(size)} downloaded`);
}

export async function list(
  { api, print }: FilesContext,
  prefix: string,
  { recursive, json }: { readonly recursive: boolean; readonly json: boolean },
): Promise<void> {
  const printFile = (file: { prefix_path: string; size: number; date_added: string }): void =>
    print(
      json ? JSON.stringify(file) : `${file.date_added}  ${formatBytes(file.size).padStart(8)}  ${file.prefix_path}`,
    );
  if (recursive) {
    for await (const file of api.list(prefix)) printFile(file);
    return;
  }
  for await (const { folders, files } of api.listFolder(prefix)) {
    for (const folder of folders) print(json ? JSON.stringify(folder) : `${" ".repeat(36)}${folder.prefix}`);
    for (const file of files) printFile(file);
  }
}

export async function remove(
  { api, print }: FilesContext,
  keys: readonly string[],
  { recursive }: { readonly recursive: boolean },
): Promise<void> {
  const folder = keys.find((key) => key.endsWith("/"));
  if (folder !== undefined && !recursive) throw new UsageError(`${folder} is a folder: remove it with --recursive.`);
  const all: string[] = [];
  for (const key of keys) {
    if (!recursive || !key.endsWith("/")) all.push(key);
    else for await (const file of api.list(key)) all.push(file.prefix_path);
  }
  for (let index = 0; index < all.length; index += MAX_REMOVED) {
    await api.removeAll(all.slice(index, index + MAX_REMOVED));
  }
  print(`${plural(all.length, "file")} removed`);
}

export async function copy(
  { api, print }: FilesContext,
  from: string,
  to: string,
  { overwrite, move }: { readonly overwrite: boolean; readonly move: boolean },
): Promise<void> {
  await (move ? api.move(from, to, overwrite) : api.copy(from, to, overwrite));
  print(`${from} ${move ? "moved" : "copied"} to ${to}`);
}

export async function url({ api, print }: FilesContext, key: string, seconds: number): Promise<void> {
  print(await api.presignDownload(key, seconds));
}

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

/** Files in one request of the API. */
const MAX_REMOVED = 1_000;

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
  for (let index = 0; index < removed.length; index += MAX_REMOVED) {
    await context.api.removeAll(removed.slice(index, index + MAX_REMOVED));
  }
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

const fileNotFound = (key: string): FilesError =>
  new FilesError("FileNotFound", `There is no file ${key}.`, { status: 404 });
