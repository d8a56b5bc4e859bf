import { accessSync, constants, mkdirSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { DataFolderError } from "./runtime/local-aws-error.ts";

/** Bytes. A deployment needs more; with less than this, databases do not even start. */
const MINIMUM_FREE = 100_000_000;
const MEGABYTE = 1_000_000;

/** Services that keep data, in a folder with this name in the data folder. */
const SERVICE_FOLDERS = [
  "athena",
  "auto-scaling",
  "dynamodb",
  "ecr",
  "ecs",
  "firehose",
  "lambda",
  "logs",
  "rds",
  "s3",
  "secrets-manager",
  "sns",
  "sqs",
  "synthetics",
  "xray",
] as const;

export type ServiceFolder = (typeof SERVICE_FOLDERS)[number];

export const ACCESS_KEY_FILE = "access-key.json";
export const INSTANCE_FILE = "instance.json";
export const PORTS_FILE = "ports.jsonl";
export const PROCESSES_FILE = "processes.jsonl";
/** What exists. */
export const RECORDS_FILE = "resources.jsonl";

const FILES = [ACCESS_KEY_FILE, INSTANCE_FILE, PORTS_FILE, PROCESSES_FILE, RECORDS_FILE];

/** The queries of the file system that the check needs. */
export interface FileSystem {
  /** Creates a folder and those above it, unless it exists. */
  create(path: string): void;
  /** @throws unless this process may write to the folder. */
  checkWritable(path: string): void;
  /** Free bytes on the disk of the folder. */
  freeBytes(path: string): number;
}

const PROBLEMS: Readonly<Record<string, string>> = {
  EACCES: "cannot be written: permission denied",
  EDQUOT: "cannot be written: the disk quota is exceeded",
  EEXIST: "is not a folder",
  ENOENT: "cannot be created",
  ENOSPC: "cannot be written: no space is left on the disk",
  ENOTDIR: "is not a folder",
  EPERM: "cannot be written: the operation is not permitted",
  EROFS: "cannot be written: the file system is read-only",
};

const fileSystem: FileSystem = {
  create: (path) => void mkdirSync(path, { recursive: true, mode: 0o700 }),
  checkWritable: (path) => accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK),
  freeBytes: (path) => {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  },
};

/**
 * Creates the data folder, unless it exists.
 *
 * @throws DataFolderError when it is not a folder, cannot be written, or its disk is full.
 */
export function prepareDataFolder(path: string, files: FileSystem = fileSystem): void {
  try {
    files.create(path);
    files.checkWritable(path);
  } catch (cause) {
    const { code = "" } = cause as NodeJS.ErrnoException;
    const problem = PROBLEMS[code];
    if (problem === undefined) throw cause;
    throw new DataFolderError(`The data folder ${path} ${problem} (${code}).`, { cause });
  }
  const free = files.freeBytes(path);
  if (free >= MINIMUM_FREE) return;
  throw new DataFolderError(
    `The disk of the data folder ${path} is full: ${(free / MEGABYTE).toFixed(0)} MB are free, and at least ` +
      `${MINIMUM_FREE / MEGABYTE} MB are required (ENOSPC).`,
  );
}

/**
 * Deletes what a local AWS has created in its data folder, and the folder itself when it is empty then. The local AWS
 * must not run.
 *
 * @returns the names of other files and folders, which are not deleted.
 */
export function removeDataFolder(path: string): readonly string[] {
  const others: string[] = [];
  for (const name of readdirSync(path)) {
    if (isOfLocalAws(name)) rmSync(join(path, name), { recursive: true, force: true });
    else others.push(name);
  }
  if (others.length === 0) rmSync(path, { recursive: true, force: true });
  return others;
}

/** Includes what an interrupted write leaves behind, as `ports.jsonl.new`. */
function isOfLocalAws(name: string): boolean {
  return (
    (SERVICE_FOLDERS as readonly string[]).includes(name) ||
    FILES.some((file) => name === file || name.startsWith(`${file}.`))
  );
}
