import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { REGION } from "../../runtime/account.ts";
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
    const blobs = join(directory, "blobs");
    const files = readdirSync(blobs).flatMap((folder) => readdirSync(join(blobs, folder)));
    expect(files).toHaveLength(listed.length);
  });
});
