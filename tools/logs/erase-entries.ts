import { gunzipSync, gzipSync } from "node:zlib";
import type { AthenaClient } from "@aws-sdk/client-athena";
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type ObjectIdentifier,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { type Lake, type QueryOptions, runQuery } from "./athena.ts";

export interface EraseOptions extends QueryOptions {
  readonly athena: Pick<AthenaClient, "send">;
  readonly s3: S3Client;
  readonly lake: Lake;
  /** The bucket with results of queries, which may contain rows of the user. */
  readonly resultBucket: string;
  readonly now: Date;
}

export interface Erasure {
  readonly entries: number;
  readonly objects: number;
  /** Versions of result files that were deleted. */
  readonly results: number;
}

/** Days of one query, so that it stays below the limit of the workgroup. */
const WINDOW_DAYS = 31;
/** As long as entries are kept, and the day of the newest. */
const KEPT_DAYS = 366;
const DAY_MS = 24 * 3_600_000;

/**
 * Removes the rows of a user from the log lake: what the user did, and what was done to the user. Athena finds the
 * objects; each is written again without these rows, and its old versions are deleted. An interrupted erasure is
 * completed by running it again.
 */
export async function eraseEntries(user: string, options: EraseOptions): Promise<Erasure> {
  let entries = 0;
  let objects = 0;
  for (const uri of await pathsWith(user, options)) {
    entries += await rewrite(user, uri, options.s3);
    objects += 1;
  }
  const results = await deleteVersions(options.s3, options.resultBucket, "", () => true);
  return { entries, objects, results };
}

/** The objects that contain rows of the user. */
async function pathsWith(user: string, options: EraseOptions): Promise<string[]> {
  const { athena, lake, now } = options;
  const name = `'${user.replaceAll("'", "''")}'`;
  const paths: string[] = [];
  for (let end = now.getTime(); end > now.getTime() - KEPT_DAYS * DAY_MS; end -= WINDOW_DAYS * DAY_MS) {
    const [first, last] = [end - (WINDOW_DAYS - 1) * DAY_MS, end].map((time) =>
      new Date(time).toISOString().slice(0, 10),
    );
    const statement =
      `select distinct "$path" as path from entries where day between '${first}' and '${last}' ` +
      `and (user_name = ${name} or target = ${name})`;
    const { rows } = await runQuery(athena, lake, statement, options);
    paths.push(...rows.flatMap(([path]) => path ?? []));
  }
  return paths;
}

/** @returns the number of rows that were removed. */
async function rewrite(user: string, uri: string, s3: S3Client): Promise<number> {
  const [, Bucket = "", Key = ""] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(uri) ?? [];
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  const lines = gunzipSync((await Body?.transformToByteArray()) ?? new Uint8Array())
    .toString()
    .split("\n")
    .filter(Boolean);
  const kept = lines.filter((line) => !isOf(user, line));
  if (kept.length === 0) {
    await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  } else {
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: gzipSync(`${kept.join("\n")}\n`) }));
  }
  await deleteVersions(s3, Bucket, Key, (version) => version.Key === Key && (!version.IsLatest || kept.length === 0));
  return lines.length - kept.length;
}

function isOf(user: string, line: string): boolean {
  const { user_name, target } = JSON.parse(line) as { readonly user_name?: string; readonly target?: string };
  return user_name === user || target === user;
}

interface Version extends ObjectIdentifier {
  readonly IsLatest?: boolean | undefined;
}

/** Deletes versions and delete markers. @returns their number. */
async function deleteVersions(
  client: S3Client,
  Bucket: string,
  Prefix: string,
  isDeleted: (version: Version) => boolean,
): Promise<number> {
  let count = 0;
  let markers: { readonly KeyMarker?: string | undefined; readonly VersionIdMarker?: string | undefined } | undefined =
    {};
  while (markers !== undefined) {
    const page: ListObjectVersionsCommandOutput = await client.send(
      new ListObjectVersionsCommand({ Bucket, Prefix, ...markers }),
    );
    const found = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].flatMap(({ Key, VersionId, IsLatest }) =>
      Key === undefined ? [] : [{ Key, VersionId, IsLatest }],
    );
    const Objects = found.filter(isDeleted).map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length > 0) await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
    count += Objects.length;
    markers = page.IsTruncated
      ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
      : undefined;
  }
  return count;
}
