import { createHash } from "node:crypto";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectAttributesCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { MIN_PART_BYTES } from "./multipart.ts";
import { failure } from "./testing/s3-harness.ts";
import { testBucket } from "./testing/test-bucket.ts";

const { Bucket, client, put, get } = await testBucket();

describe("multipart uploads", () => {
  const part = (size: number, fill: string) => Buffer.alloc(size, fill);
  const minimum = MIN_PART_BYTES;

  const start = async (Key: string, options = {}) => {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key, ...options }));
    return { Bucket, Key, UploadId };
  };
  type Started = Awaited<ReturnType<typeof start>>;
  const upload = async (started: Started, PartNumber: number, Body: Buffer, options = {}) => {
    const output = await client.send(new UploadPartCommand({ ...started, PartNumber, Body, ...options }));
    return { ...output, ETag: output.ETag, PartNumber };
  };
  const complete = (started: Started, Parts: { PartNumber: number; ETag: string | undefined }[], options = {}) =>
    client.send(new CompleteMultipartUploadCommand({ ...started, MultipartUpload: { Parts }, ...options }));

  it("combine the listed parts in order and discard the others", async () => {
    const started = await start("big", { ContentType: "video/x", Metadata: { a: "b" } });
    const second = await upload(started, 7, part(10, "b"));
    const first = await upload(started, 2, part(minimum, "a"));
    await upload(started, 9, part(10, "c"));
    const { Parts } = await client.send(new ListPartsCommand({ ...started, MaxParts: 2 }));
    expect(Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
      [2, minimum],
      [7, 10],
    ]);
    const { ETag } = await complete(started, [first, second]);
    expect(ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
    const read = await get("big");
    expect(read).toMatchObject({ ETag, ContentType: "video/x", Metadata: { a: "b" } });
    expect(read.bytes.equals(Buffer.concat([part(minimum, "a"), part(10, "b")]))).toBe(true);
    expect((await get("big", { Range: `bytes=${minimum - 1}-${minimum}` })).bytes.toString()).toBe("ab");
    expect(await get("big", { PartNumber: 2 })).toMatchObject({ PartsCount: 2, ContentLength: 10 });
    await expect(client.send(new ListPartsCommand(started))).rejects.toMatchObject(failure("NoSuchUpload", 404));
    const { Uploads } = await client.send(new ListMultipartUploadsCommand({ Bucket }));
    expect(Uploads).toBeUndefined();
  });

  it.each([
    ["CRC32", "COMPOSITE"],
    ["CRC32C", "FULL_OBJECT"],
    ["SHA256", "COMPOSITE"],
  ] as const)("compute a %s checksum of type %s", async (algorithm, type) => {
    const started = await start("summed", { ChecksumAlgorithm: algorithm, ChecksumType: type });
    const first = await upload(started, 1, part(minimum, "a"), { ChecksumAlgorithm: algorithm });
    const last = await upload(started, 2, part(1, "b"), { ChecksumAlgorithm: algorithm });
    const completed = await complete(started, [first, last]);
    expect(completed.ChecksumType).toBe(type);
    const attributes = await client.send(
      new GetObjectAttributesCommand({
        Bucket,
        Key: "summed",
        ObjectAttributes: ["Checksum", "ObjectSize", "ObjectParts"],
      }),
    );
    expect(attributes).toMatchObject({ ObjectSize: minimum + 1, ObjectParts: { TotalPartsCount: 2 } });
    expect(attributes.Checksum?.[`Checksum${algorithm}`]).toBe(completed[`Checksum${algorithm}`]);
    const whole = await put("whole", Buffer.concat([part(minimum, "a"), part(1, "b")]), {
      ChecksumAlgorithm: algorithm,
    });
    const same = completed[`Checksum${algorithm}`] === whole[`Checksum${algorithm}`];
    expect(same).toBe(type === "FULL_OBJECT");
  });

  it("reject parts that were not uploaded, are too small or out of order", async () => {
    const started = await start("rejected");
    const [small, last] = [await upload(started, 1, part(10, "a")), await upload(started, 2, part(10, "b"))];
    await expect(complete(started, [small, last])).rejects.toMatchObject(failure("EntityTooSmall", 400));
    await expect(complete(started, [last, small])).rejects.toMatchObject(failure("InvalidPartOrder", 400));
    await expect(complete(started, [{ PartNumber: 1, ETag: last.ETag }])).rejects.toMatchObject(
      failure("InvalidPart", 400),
    );
    await expect(upload(started, 10_001, part(1, "a"))).rejects.toMatchObject(failure("InvalidArgument", 400));
    await complete(started, [last]);
    expect((await get("rejected")).bytes.equals(part(10, "b"))).toBe(true);
  });

  it("check the conditions of the completion", async () => {
    await put("existing");
    const started = await start("existing");
    const only = await upload(started, 1, part(10, "a"));
    await expect(complete(started, [only], { IfNoneMatch: "*" })).rejects.toMatchObject(
      failure("PreconditionFailed", 412),
    );
  });

  it("copy parts from other objects", async () => {
    await put("source", "0123456789");
    const started = await start("from-parts");
    const copyPart = async (PartNumber: number, CopySourceRange?: string) => {
      const input = { ...started, PartNumber, CopySource: `${Bucket}/source`, CopySourceRange };
      const { CopyPartResult } = await client.send(new UploadPartCopyCommand(input));
      return { PartNumber, ETag: CopyPartResult?.ETag };
    };
    await expect(copyPart(1, "bytes=5-10")).rejects.toMatchObject(failure("InvalidRequest", 400));
    await complete(started, [await copyPart(1, "bytes=2-5")]);
    expect((await get("from-parts")).bytes.toString()).toBe("2345");
  });

  it("copy to an object with the MD5 of its content as ETag", async () => {
    const started = await start("of-parts");
    const parts = [await upload(started, 1, part(minimum, "a")), await upload(started, 2, part(1, "b"))];
    await complete(started, parts);
    const copy = new CopyObjectCommand({ Bucket, Key: "in-one", CopySource: `${Bucket}/of-parts` });
    const { CopyObjectResult } = await client.send(copy);
    const content = Buffer.concat([part(minimum, "a"), part(1, "b")]);
    expect(CopyObjectResult?.ETag).toBe(`"${createHash("md5").update(content).digest("hex")}"`);
    expect((await get("in-one")).bytes.equals(content)).toBe(true);
  });

  it("do not exist after they are aborted", async () => {
    const started = await start("aborted");
    await upload(started, 1, part(10, "a"));
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: "aborted" }));
    expect(Uploads.map(({ UploadId }) => UploadId)).toEqual([started.UploadId]);
    await client.send(new AbortMultipartUploadCommand(started));
    await expect(upload(started, 2, part(10, "a"))).rejects.toMatchObject(failure("NoSuchUpload", 404));
  });
});
