import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectTaggingCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bucketObjects } from "./testing/bucket-objects.ts";
import { failure, type S3Harness, s3Harness } from "./testing/s3-harness.ts";

const Bucket = "nv-demo-storage";
let harness: S3Harness;
let client: S3Client;

beforeAll(async () => {
  harness = await s3Harness();
  client = harness.client();
  await client.send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => harness.close());

const { put, get } = bucketObjects(() => client, Bucket);

describe("buckets", () => {
  it("are created, found, located and listed", async () => {
    await client.send(new HeadBucketCommand({ Bucket }));
    const { LocationConstraint } = await client.send(new GetBucketLocationCommand({ Bucket }));
    expect(LocationConstraint).toBeFalsy();
    const { Buckets } = await client.send(new ListBucketsCommand({}));
    expect(Buckets).toMatchObject([{ Name: Bucket, BucketRegion: "us-east-1" }]);
  });

  it("can be created again by their owner, as in us-east-1, and keep what they hold", async () => {
    await put("kept");
    await client.send(new CreateBucketCommand({ Bucket }));
    expect((await get("kept")).bytes.toString()).toBe("kept");
  });

  it("are deleted only when empty", async () => {
    await client.send(new CreateBucketCommand({ Bucket: "other" }));
    await client.send(new PutObjectCommand({ Bucket: "other", Key: "a", Body: "a" }));
    const deletion = () => client.send(new DeleteBucketCommand({ Bucket: "other" }));
    await expect(deletion()).rejects.toMatchObject(failure("BucketNotEmpty", 409));
    await client.send(new DeleteObjectCommand({ Bucket: "other", Key: "a" }));
    await deletion();
    await expect(client.send(new HeadBucketCommand({ Bucket: "other" }))).rejects.toMatchObject(
      failure("NotFound", 404),
    );
  });

  it("have names by S3's rules", async () => {
    const creation = client.send(new CreateBucketCommand({ Bucket: "Not_A_Bucket" }));
    await expect(creation).rejects.toMatchObject(failure("InvalidBucketName", 400));
  });

  it("are missed by name", async () => {
    const read = client.send(new GetObjectCommand({ Bucket: "no-such-bucket", Key: "a" }));
    await expect(read).rejects.toMatchObject(failure("NoSuchBucket", 404));
  });
});

describe("listings", () => {
  it("go page by page, by prefix and delimiter, in either form", async () => {
    for (const key of ["list/a", "list/b/1", "list/b/2", "list/c", "list/d/1"]) await put(key);
    const names = ({
      Contents = [],
      CommonPrefixes = [],
    }: {
      Contents?: { Key?: string | undefined }[] | undefined;
      CommonPrefixes?: { Prefix?: string | undefined }[] | undefined;
    }) => [...Contents.map(({ Key }) => Key), ...CommonPrefixes.map(({ Prefix }) => Prefix)];
    const pages: unknown[] = [];
    for (let token: string | undefined, more = true; more; ) {
      const input = { Bucket, Prefix: "list/", Delimiter: "/", MaxKeys: 2, ContinuationToken: token };
      const page = await client.send(new ListObjectsV2Command(input));
      pages.push(names(page));
      token = page.NextContinuationToken;
      more = page.IsTruncated === true;
    }
    expect(pages).toEqual([
      ["list/a", "list/b/"],
      ["list/c", "list/d/"],
    ]);
    const first = await client.send(new ListObjectsCommand({ Bucket, Prefix: "list/", Delimiter: "/", MaxKeys: 2 }));
    expect(names(first)).toEqual(["list/a", "list/b/"]);
    const rest = await client.send(new ListObjectsCommand({ Bucket, Prefix: "list/", Marker: first.NextMarker }));
    expect(names(rest)).toEqual(["list/b/1", "list/b/2", "list/c", "list/d/1"]);
    const after = await client.send(new ListObjectsV2Command({ Bucket, Prefix: "list/", StartAfter: "list/b/2" }));
    expect(names(after)).toEqual(["list/c", "list/d/1"]);
  });

  it("refuse a token that is none of theirs", async () => {
    const listing = client.send(new ListObjectsV2Command({ Bucket, ContinuationToken: "?" }));
    await expect(listing).rejects.toMatchObject(failure("InvalidArgument", 400));
  });
});

describe("tags", () => {
  it("are put with an object or after it", async () => {
    await put("tagged", "x", { Tagging: "a=1&b=two%20words" });
    const tags = async () => (await client.send(new GetObjectTaggingCommand({ Bucket, Key: "tagged" }))).TagSet;
    expect(await tags()).toEqual([
      { Key: "a", Value: "1" },
      { Key: "b", Value: "two words" },
    ]);
    await client.send(
      new PutObjectTaggingCommand({ Bucket, Key: "tagged", Tagging: { TagSet: [{ Key: "c", Value: "" }] } }),
    );
    expect(await tags()).toEqual([{ Key: "c", Value: "" }]);
    await client.send(new DeleteObjectTaggingCommand({ Bucket, Key: "tagged" }));
    expect(await tags()).toEqual([]);
  });

  it("are ten at most", async () => {
    const Tagging = Array.from({ length: 11 }, (_, index) => `t${index}=1`).join("&");
    await expect(put("tagged", "x", { Tagging })).rejects.toMatchObject(failure("BadRequest", 400));
  });
});

describe("versioning", () => {
  const version = "versioned-bucket";
  const putVersion = (Body: string) => client.send(new PutObjectCommand({ Bucket: version, Key: "k", Body }));
  const read = async (VersionId?: string) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: version, Key: "k", VersionId }));
    return Body?.transformToString();
  };
  const setStatus = (Status: "Enabled" | "Suspended") =>
    client.send(new PutBucketVersioningCommand({ Bucket: version, VersioningConfiguration: { Status } }));

  it("keeps what is overwritten and deleted", async () => {
    await client.send(new CreateBucketCommand({ Bucket: version }));
    await putVersion("before");
    await setStatus("Enabled");
    const first = await putVersion("1");
    const second = await putVersion("2");
    const marker = await client.send(new DeleteObjectCommand({ Bucket: version, Key: "k" }));
    expect(marker).toMatchObject({ DeleteMarker: true });
    await expect(read()).rejects.toMatchObject(failure("NoSuchKey", 404));
    expect([await read("null"), await read(first.VersionId), await read(second.VersionId)]).toEqual([
      "before",
      "1",
      "2",
    ]);
    await expect(read(marker.VersionId)).rejects.toMatchObject(failure("MethodNotAllowed", 405));
    await expect(client.send(new DeleteBucketCommand({ Bucket: version }))).rejects.toMatchObject(
      failure("BucketNotEmpty", 409),
    );

    const ids: unknown[] = [];
    for (let KeyMarker: string | undefined, VersionIdMarker: string | undefined, more = true; more; ) {
      const page = await client.send(
        new ListObjectVersionsCommand({ Bucket: version, MaxKeys: 1, KeyMarker, VersionIdMarker }),
      );
      ids.push(
        ...(page.Versions ?? []).map(({ VersionId }) => VersionId),
        ...(page.DeleteMarkers ?? []).map(({ VersionId }) => VersionId),
      );
      ({ NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page);
      more = page.IsTruncated === true;
    }
    expect(ids).toEqual([marker.VersionId, second.VersionId, first.VersionId, "null"]);

    await client.send(new DeleteObjectCommand({ Bucket: version, Key: "k", VersionId: marker.VersionId }));
    expect(await read()).toBe("2");
    await setStatus("Suspended");
    await putVersion("after");
    expect([await read(), await read("null"), await read(second.VersionId)]).toEqual(["after", "after", "2"]);
    harness.restart();
    expect([await read(), await read(first.VersionId)]).toEqual(["after", "1"]);
  });
});
