import { existsSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { UsageError } from "../command-line/errors.ts";
import { plural } from "../command-line/terminal/text.ts";
import type { FilesContext } from "./files-context.ts";
import { FilesError } from "./files-error.ts";
import { uploadKey } from "./keys.ts";
import { formatBytes } from "./progress.ts";
import { downloadAll, uploadAll } from "./transfer.ts";

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
  await api.removeAll(all);
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

const fileNotFound = (key: string): FilesError =>
  new FilesError("FileNotFound", `There is no file ${key}.`, { status: 404 });
