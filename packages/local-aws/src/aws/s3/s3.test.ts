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
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { REGION } from "../../runtime/account.ts";
import { failure } from "./testing/s3-harness.ts";
import { testBucket } from "./testing/test-bucket.ts";

const { Bucket, harness, client, put, get } = await testBucket();

describe("buckets", () => {
  it("are created, located and listed", async () => {
    await client.send(new HeadBucketCommand({ Bucket }));
    const { LocationConstraint } = await client.send(new GetBucketLocationCommand({ Bucket }));
    expect(LocationConstraint).toBeFalsy();
    const { Buckets } = await client.send(new ListBucketsCommand({}));
    expect(Buckets).toMatchObject([{ Name: Bucket, BucketRegion: REGION }]);
  });

  it("can be created again by their owner, as in us-east-1, without losing their objects", async () => {
    await put("existing");
    await client.send(new CreateBucketCommand({ Bucket }));
    expect((await get("existing")).bytes.toString()).toBe("existing");
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

  it("reject invalid names", async () => {
    const creation = client.send(new CreateBucketCommand({ Bucket: "Not_A_Bucket" }));
    await expect(creation).rejects.toMatchObject(failure("InvalidBucketName", 400));
  });

  it("return NoSuchBucket when missing", async () => {
    const read = client.send(new GetObjectCommand({ Bucket: "no-such-bucket", Key: "a" }));
    await expect(read).rejects.toMatchObject(failure("NoSuchBucket", 404));
  });
});

describe("listings", () => {
  it("return pages by prefix and delimiter, in both versions of the API", async () => {
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
    const remaining = await client.send(new ListObjectsCommand({ Bucket, Prefix: "list/", Marker: first.NextMarker }));
    expect(names(remaining)).toEqual(["list/b/1", "list/b/2", "list/c", "list/d/1"]);
    const after = await client.send(new ListObjectsV2Command({ Bucket, Prefix: "list/", StartAfter: "list/b/2" }));
    expect(names(after)).toEqual(["list/c", "list/d/1"]);
  });

  it("reject an invalid continuation token", async () => {
    const listing = client.send(new ListObjectsV2Command({ Bucket, ContinuationToken: "?" }));
    await expect(listing).rejects.toMatchObject(failure("InvalidArgument", 400));
  });
});

describe("tags", () => {
  it("are set with an object or later", async () => {
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

  it("are limited to ten", async () => {
    const Tagging = Array.from({ length: 11 }, (_, index) => `t${index}=1`).join("&");
    await expect(put("tagged", "x", { Tagging })).rejects.toMatchObject(failure("BadRequest", 400));
  });
});

describe("versioning", () => {
  const VERSIONED = "versioned-bucket";
  const putVersion = (Body: string) => client.send(new PutObjectCommand({ Bucket: VERSIONED, Key: "k", Body }));
  const read = async (VersionId?: string) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: VERSIONED, Key: "k", VersionId }));
    return Body?.transformToString();
  };
  const setStatus = (Status: "Enabled" | "Suspended") =>
    client.send(new PutBucketVersioningCommand({ Bucket: VERSIONED, VersioningConfiguration: { Status } }));

  it("retains overwritten and deleted versions", async () => {
    await client.send(new CreateBucketCommand({ Bucket: VERSIONED }));
    await putVersion("before");
    await setStatus("Enabled");
    const first = await putVersion("1");
    const second = await putVersion("2");
    const marker = await client.send(new DeleteObjectCommand({ Bucket: VERSIONED, Key: "k" }));
    expect(marker).toMatchObject({ DeleteMarker: true });
    await expect(read()).rejects.toMatchObject(failure("NoSuchKey", 404));
    expect([await read("null"), await read(first.VersionId), await read(second.VersionId)]).toEqual([
      "before",
      "1",
      "2",
    ]);
    await expect(read(marker.VersionId)).rejects.toMatchObject(failure("MethodNotAllowed", 405));
    await expect(client.send(new DeleteBucketCommand({ Bucket: VERSIONED }))).rejects.toMatchObject(
      failure("BucketNotEmpty", 409),
    );

    const ids: unknown[] = [];
    for (let KeyMarker: string | undefined, VersionIdMarker: string | undefined, more = true; more; ) {
      const page = await client.send(
        new ListObjectVersionsCommand({ Bucket: VERSIONED, MaxKeys: 1, KeyMarker, VersionIdMarker }),
      );
      ids.push(
        ...(page.Versions ?? []).map(({ VersionId }) => VersionId),
        ...(page.DeleteMarkers ?? []).map(({ VersionId }) => VersionId),
      );
      ({ NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page);
      more = page.IsTruncated === true;
    }
    expect(ids).toEqual([marker.VersionId, second.VersionId, first.VersionId, "null"]);

    await client.send(new DeleteObjectCommand({ Bucket: VERSIONED, Key: "k", VersionId: marker.VersionId }));
    expect(await read()).toBe("2");
    await setStatus("Suspended");
    await putVersion("after");
    expect([await read(), await read("null"), await read(second.VersionId)]).toEqual(["after", "after", "2"]);
    harness.restart();
    expect([await read(), await read(first.VersionId)]).toEqual(["after", "1"]);
  });
});
