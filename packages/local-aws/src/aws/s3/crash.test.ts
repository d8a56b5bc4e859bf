import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { REGION } from "../../runtime/account.ts";
import { MIN_PART_BYTES } from "./multipart.ts";
import { ROOT_KEYS, type S3Harness, s3Harness } from "./testing/s3-harness.ts";

const Bucket = "nv-demo-storage";
let directory: string;
let child: ChildProcess | undefined;
let harness: S3Harness | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "s3-crash-"));
});
afterEach(async () => {
  child?.kill("SIGKILL");
  await harness?.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Starts S3 in a separate process, with the folder of the test. */
async function startChild(): Promise<S3Client> {
  const program = `
    import { s3Harness } from ${JSON.stringify(new URL("testing/s3-harness.ts", import.meta.url).href)};
    console.log((await s3Harness(${JSON.stringify(directory)})).endpoint);`;
  child = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  const endpoint = await new Promise<string>((resolve) =>
    child?.stdout?.once("data", (line) => resolve(String(line).trim())),
  );
  return new S3Client({ endpoint, region: REGION, forcePathStyle: true, credentials: ROOT_KEYS, maxAttempts: 1 });
}

async function kill(): Promise<void> {
  const ended = new Promise((resolve) => child?.once("exit", resolve));
  child?.kill("SIGKILL");
  await ended;
}

describe("after kill -9", () => {
  it("has every acknowledged object, and no partial ones", async () => {
    const client = await startChild();
    await client.send(new CreateBucketCommand({ Bucket }));
    const acknowledged = new Map<string, Buffer>();
    const attempted = new Map<string, Buffer>();
    let killed = false;
    const write = async (writer: number) => {
      for (let index = 0; !killed; index++) {
        const Key = `${writer}/${index}`;
        const Body = randomBytes(1 + ((index * 7919) % 50_000));
        attempted.set(Key, Body);
        try {
          await client.send(new PutObjectCommand({ Bucket, Key, Body }));
          acknowledged.set(Key, Body);
        } catch {
          return;
        }
        if (acknowledged.size === 150) {
          killed = true;
          await kill();
        }
      }
    };
    await Promise.all([1, 2, 3, 4, 5, 6].map(write));
    client.destroy();

    harness = await s3Harness(directory);
    const restarted = harness.client();
    const { Contents = [] } = await restarted.send(new ListObjectsV2Command({ Bucket }));
    const listed = Contents.map(({ Key = "" }) => Key);
    expect(listed).toEqual(expect.arrayContaining([...acknowledged.keys()]));
    for (const Key of listed) {
      const { Body } = await restarted.send(new GetObjectCommand({ Bucket, Key }));
      expect(
        Buffer.from((await Body?.transformToByteArray()) ?? []).equals(attempted.get(Key) ?? Buffer.alloc(0)),
      ).toBe(true);
    }
    expect(storedBlobs()).toHaveLength(listed.length);
  });

  it("has every acknowledged part and completed upload, and the sources of their copies", async () => {
    const client = await startChild();
    await client.send(new CreateBucketCommand({ Bucket }));
    const first = Buffer.alloc(MIN_PART_BYTES, "first");
    const contentOf = (key: string): Buffer => Buffer.concat([first, Buffer.from(key)]);
    const uploads = new Map<string, { readonly id: string; readonly parts: { PartNumber: number; ETag: string }[] }>();
    const completed = new Set<string>();
    let acknowledged = 0;
    const write = async (writer: number) => {
      for (let index = 0; ; index++) {
        const Key = `${writer}/${index}`;
        const send = async <T>(request: Promise<T>): Promise<T> => {
          const response = await request;
          acknowledged += 1;
          if (acknowledged === 60) await kill();
          return response;
        };
        const { UploadId: id = "" } = await send(client.send(new CreateMultipartUploadCommand({ Bucket, Key })));
        const upload = { id, parts: [] as { PartNumber: number; ETag: string }[] };
        uploads.set(Key, upload);
        const common = { Bucket, Key, UploadId: id };
        // The first part is a copy of a part of the object before.
        const CopySource = `${Bucket}/${writer}/${index - 1}`;
        const CopySourceRange = `bytes=0-${first.length - 1}`;
        const copied = { ...common, PartNumber: 1, CopySource, CopySourceRange };
        const part =
          index === 0
            ? await send(client.send(new UploadPartCommand({ ...common, PartNumber: 1, Body: first })))
            : (await send(client.send(new UploadPartCopyCommand(copied)))).CopyPartResult;
        upload.parts.push({ PartNumber: 1, ETag: part?.ETag ?? "" });
        const last = await send(client.send(new UploadPartCommand({ ...common, PartNumber: 2, Body: Key })));
        upload.parts.push({ PartNumber: 2, ETag: last.ETag ?? "" });
        await send(
          client.send(new CompleteMultipartUploadCommand({ ...common, MultipartUpload: { Parts: upload.parts } })),
        );
        completed.add(Key);
        await send(client.send(new CopyObjectCommand({ Bucket, Key: `${Key}.copy`, CopySource: `${Bucket}/${Key}` })));
        completed.add(`${Key}.copy`);
      }
    };
    await Promise.all([1, 2, 3].map((writer) => write(writer).catch(() => undefined)));
    client.destroy();

    harness = await s3Harness(directory);
    const restarted = harness.client();
    const { Contents = [] } = await restarted.send(new ListObjectsV2Command({ Bucket }));
    const listed = new Set(Contents.map(({ Key = "" }) => Key));
    for (const key of completed) expect(listed).toContain(key);
    const read = async (Key: string): Promise<Buffer> => {
      const { Body } = await restarted.send(new GetObjectCommand({ Bucket, Key }));
      return Buffer.from((await Body?.transformToByteArray()) ?? []);
    };
    for (const key of listed) expect((await read(key)).equals(contentOf(key.replace(".copy", "")))).toBe(true);

    let parts = 0;
    for (const [Key, upload] of uploads) {
      if (listed.has(Key)) continue;
      const { Parts = [] } = await restarted.send(new ListPartsCommand({ Bucket, Key, UploadId: upload.id }));
      expect(Parts.map(({ PartNumber, ETag }) => ({ PartNumber, ETag }))).toEqual(expect.arrayContaining(upload.parts));
      parts += Parts.length;
    }
    const whole = [...listed].filter((key) => key.endsWith(".copy")).length;
    expect(storedBlobs()).toHaveLength(parts + whole + 2 * (listed.size - whole));
  });

  /** The files that S3 has after the restart. */
  function storedBlobs(): string[] {
    const blobs = join(directory, "blobs");
    return readdirSync(blobs).flatMap((folder) => readdirSync(join(blobs, folder)));
  }
});
