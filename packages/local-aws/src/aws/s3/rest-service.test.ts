import { createHash, createHmac } from "node:crypto";
import { request } from "node:http";
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketCorsCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { beforeEach, describe, expect, it } from "vitest";
import { signingKey } from "../../gateway/signature.ts";
import { ACCOUNT_ID, REGION } from "../../runtime/account.ts";
import { failure, READER_KEYS, ROOT_KEYS } from "./testing/s3-harness.ts";
import { signedRequest } from "./testing/signed-request.ts";
import { testBucket } from "./testing/test-bucket.ts";

const { Bucket, harness, client, put } = await testBucket();
await put("a key+", "content");

const content = async (Key: string) =>
  (await client.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();

describe("authentication", () => {
  it("rejects unsigned requests", async () => {
    const response = await fetch(`${harness.endpoint}/${Bucket}/a%20key%2B`);
    expect([response.status, await response.text()]).toEqual([
      403,
      expect.stringContaining("<Code>AccessDenied</Code>"),
    ]);
  });

  it("rejects a wrong secret and an unknown access key", async () => {
    const as = (accessKeyId: string) =>
      harness
        .client({ credentials: { accessKeyId, secretAccessKey: "wrong" } })
        .send(new ListObjectsV2Command({ Bucket }));
    await expect(as(ROOT_KEYS.accessKeyId)).rejects.toMatchObject(failure("SignatureDoesNotMatch", 403));
    await expect(as("AKIAUNKNOWN")).rejects.toMatchObject(failure("InvalidAccessKeyId", 403));
  });

  it("reports the supported signature version to clients of version 2", async () => {
    const response = await fetch(`${harness.endpoint}/${Bucket}/a%20key%2B?AWSAccessKeyId=A&Signature=B&Expires=1`);
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining("AWS4-HMAC-SHA256")]);
  });

  it("rejects requests that expect another bucket owner", async () => {
    const head = (ExpectedBucketOwner: string) =>
      client.send(new HeadObjectCommand({ Bucket, Key: "a key+", ExpectedBucketOwner }));
    await head(ACCOUNT_ID);
    await expect(head("111111111111")).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  describe("with a role", () => {
    beforeEach(() => harness.allowed.clear());
    const reader = () => harness.client({ credentials: READER_KEYS });
    const read = (Key: string) => reader().send(new GetObjectCommand({ Bucket, Key }));
    const denied = failure("AccessDenied", 403);

    it("allows the permitted action on the permitted object only", async () => {
      await expect(read("a key+")).rejects.toMatchObject(denied);
      harness.allowed.add(`s3:GetObject arn:aws:s3:::${Bucket}/a key+`);
      await read("a key+");
      await expect(reader().send(new PutObjectCommand({ Bucket, Key: "a key+", Body: "x" }))).rejects.toMatchObject(
        denied,
      );
    });

    it("reveals that a key is missing only with permission to list", async () => {
      harness.allowed.add(`s3:GetObject arn:aws:s3:::${Bucket}/missing`);
      await expect(read("missing")).rejects.toMatchObject(denied);
      harness.allowed.add(`s3:ListBucket arn:aws:s3:::${Bucket}`);
      await expect(read("missing")).rejects.toMatchObject(failure("NoSuchKey", 404));
    });

    it("does not extend permissions with a presigned URL", async () => {
      const url = await getSignedUrl(reader(), new GetObjectCommand({ Bucket, Key: "a key+" }));
      expect((await fetch(url)).status).toBe(403);
      harness.allowed.add(`s3:GetObject arn:aws:s3:::${Bucket}/a key+`);
      expect((await fetch(url)).status).toBe(200);
    });
  });
});

describe("presigned URLs", () => {
  it("read the signed object until they expire", async () => {
    const command = new GetObjectCommand({
      Bucket,
      Key: "a key+",
      ResponseContentDisposition: 'attachment; filename="x"',
    });
    const url = await getSignedUrl(client, command, { expiresIn: 60 });
    const response = await fetch(url);
    expect(await response.text()).toBe("content");
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="x"');
    expect((await fetch(url.replace("a%20key", "b%20key"))).status).toBe(403);
    const signingDate = new Date(Date.now() - 61_000);
    const expired = await fetch(await getSignedUrl(client, command, { expiresIn: 60, signingDate }));
    expect([expired.status, await expired.text()]).toEqual([403, expect.stringContaining("Request has expired")]);
  });

  it("accept a PUT with the signed headers only", async () => {
    const withoutChecksums = harness.client({ requestChecksumCalculation: "WHEN_REQUIRED" });
    const command = new PutObjectCommand({ Bucket, Key: "put/ü", ContentType: "text/plain", ContentLength: 5 });
    const url = await getSignedUrl(withoutChecksums, command, {
      signableHeaders: new Set(["content-type", "content-length"]),
    });
    const put = async (body: string, type: string) =>
      (await fetch(url, { method: "PUT", body, headers: { "content-type": type } })).status;
    expect(await put("hello", "text/html")).toBe(403);
    expect(await put("hello!", "text/plain")).toBe(403);
    expect(await put("hello", "text/plain")).toBe(200);
    expect(await content("put/ü")).toBe("hello");
  });

  it("use query parameters as headers, except for the checksum of the missing body", async () => {
    const command = new PutObjectCommand({ Bucket, Key: "query-headers", Metadata: { a: "b" } });
    const url = await getSignedUrl(client, command, { unsignableHeaders: new Set(["x-amz-meta-a"]) });
    expect(new URL(url).searchParams.get("x-amz-checksum-crc32")).toBe("AAAAAA==");
    expect((await fetch(url, { method: "PUT", body: "hello" })).status).toBe(200);
    expect(await client.send(new HeadObjectCommand({ Bucket, Key: "query-headers" }))).toMatchObject({
      Metadata: { a: "b" },
      ContentLength: 5,
    });
  });
});

describe("invalid requests", () => {
  const raw = (method: string, path: string, body = "", headers: Record<string, string> = {}) =>
    fetch(signedRequest(harness.endpoint, { method, path, body, headers }, ROOT_KEYS));
  const codeOf = async (response: Response) => /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1];

  it("are rejected with an error that names the unsupported action", async () => {
    for (const [method, path, name] of [
      ["PUT", `/${Bucket}?replication=`, "PutBucketReplication"],
      ["GET", `/${Bucket}?object-lock=`, "GetBucketObjectLockConfiguration"],
      ["POST", `/${Bucket}/k?restore=`, "RestoreObject"],
      ["PUT", `/${Bucket}/k?acl=`, "PutObjectAcl"],
      ["PATCH", `/${Bucket}/k`, "PATCH on an object"],
    ] as const) {
      const response = await raw(method, path);
      expect([response.status, await response.text()]).toEqual([501, expect.stringContaining(name)]);
    }
  });

  it("are rejected for a response header with invalid characters", async () => {
    const response = await raw("GET", `/${Bucket}/a%20key%2B?response-content-type=${encodeURIComponent("a\r\nb: c")}`);
    expect([response.status, await codeOf(response)]).toEqual([400, "InvalidArgument"]);
  });

  it("are rejected for a path that is not UTF-8", async () => {
    const response = await raw("PUT", `/${Bucket}/%ff%fe`, "x");
    expect([response.status, await codeOf(response)]).toEqual([400, "InvalidURI"]);
  });

  it("store nothing for a body that does not match the signature", async () => {
    const signed = signedRequest(
      harness.endpoint,
      { method: "PUT", path: `/${Bucket}/forged`, body: "signed", headers: {} },
      ROOT_KEYS,
    );
    const response = await fetch(signed.url, { method: "PUT", headers: signed.headers, body: "forged" });
    expect([response.status, await codeOf(response)]).toEqual([400, "XAmzContentSHA256Mismatch"]);
    await expect(content("forged")).rejects.toMatchObject(failure("NoSuchKey", 404));
  });

  it("are rejected for XML with entity declarations and for malformed XML", async () => {
    const entityExpansion =
      '<!DOCTYPE x [<!ENTITY a "aaaa">]><VersioningConfiguration><Status>&a;</Status></VersioningConfiguration>';
    for (const body of [entityExpansion, "", "<Versioning", "<Other/>"]) {
      expect(await codeOf(await raw("PUT", `/${Bucket}?versioning=`, body))).toBe("MalformedXML");
    }
  });

  it("are rejected for a declared size over the limit, before the body is sent", async () => {
    const tooLarge = 5 * 1024 ** 3 + 1;
    const signed = signedRequest(
      harness.endpoint,
      { method: "PUT", path: `/${Bucket}/huge`, body: undefined, headers: {} },
      ROOT_KEYS,
    );
    const status = await new Promise((resolve, reject) => {
      const headers = { ...Object.fromEntries(signed.headers), "content-length": tooLarge };
      const attempt = request(signed.url, { method: "PUT", headers }, (response) => {
        resolve(response.statusCode);
        attempt.destroy();
      });
      attempt.on("error", reject);
      attempt.flushHeaders();
    });
    expect(status).toBe(400);
  });

  it("store nothing for an aborted upload", async () => {
    const signed = signedRequest(
      harness.endpoint,
      { method: "PUT", path: `/${Bucket}/aborted`, body: undefined, headers: {} },
      ROOT_KEYS,
    );
    await new Promise<void>((resolve) => {
      const headers = { ...Object.fromEntries(signed.headers), "content-length": 100 };
      const attempt = request(signed.url, { method: "PUT", headers });
      attempt.on("error", () => resolve());
      attempt.write("partial", () => attempt.destroy(new Error("aborted")));
    });
    await expect(content("aborted")).rejects.toMatchObject(failure("NoSuchKey", 404));
  });
});

describe("signed chunks", () => {
  const chunks = ["first ".repeat(2000), "second"];

  async function send(key: string, tamper: (body: string) => string): Promise<number> {
    const size = chunks.join("").length;
    const signed = signedRequest(
      harness.endpoint,
      {
        ...{ method: "PUT", path: `/${Bucket}/${key}`, body: undefined },
        headers: {
          "content-encoding": "aws-chunked",
          "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
          "x-amz-decoded-content-length": String(size),
        },
      },
      ROOT_KEYS,
    );
    const response = await fetch(signed.url, {
      method: "PUT",
      headers: signed.headers,
      body: tamper(frame(signed.headers)),
    });
    return response.status;
  }

  /** The framing as AWS documents it, independent of the code under test. */
  function frame(headers: Headers): string {
    const timestamp = headers.get("x-amz-date") ?? "";
    const date = timestamp.slice(0, 8);
    const scope = { accessKeyId: ROOT_KEYS.accessKeyId, date, region: REGION, service: "s3" };
    const key = signingKey(ROOT_KEYS.secretAccessKey, scope);
    let previous = /Signature=(\w+)/.exec(headers.get("authorization") ?? "")?.[1] ?? "";
    return [...chunks, ""]
      .map((chunk) => {
        const text = [
          "AWS4-HMAC-SHA256-PAYLOAD",
          timestamp,
          `${date}/${REGION}/s3/aws4_request`,
          previous,
          sha256(""),
          sha256(chunk),
        ];
        previous = hmac(key, text.join("\n"));
        return `${chunk.length.toString(16)};chunk-signature=${previous}\r\n${chunk}\r\n`;
      })
      .join("");
  }

  it("are accepted only with all signatures valid and all chunks present", async () => {
    expect(await send("signed-chunks", (body) => body)).toBe(200);
    expect(await content("signed-chunks")).toBe(chunks.join(""));
    expect(await send("forged-chunks", (body) => body.replace("second", "forged"))).toBe(403);
    expect(await send("truncated-chunks", (body) => body.slice(0, body.indexOf("6;chunk")))).toBe(400);
    await expect(content("forged-chunks")).rejects.toMatchObject(failure("NoSuchKey", 404));
    await expect(content("truncated-chunks")).rejects.toMatchObject(failure("NoSuchKey", 404));
  });
});

describe("cross-origin requests", () => {
  const preflight = (origin: string, method: string) =>
    fetch(`${harness.endpoint}/${Bucket}/a`, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": method, "access-control-request-headers": "content-type" },
    });

  it("are allowed by the CORS configuration of the bucket only", async () => {
    expect((await preflight("https://app.example.com", "PUT")).status).toBe(403);
    const rule = {
      AllowedMethods: ["PUT", "GET"],
      AllowedOrigins: ["https://*.example.com"],
      AllowedHeaders: ["*"],
      ExposeHeaders: ["ETag"],
    };
    await client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [rule] } }));
    const allowed = await preflight("https://app.example.com", "PUT");
    expect(allowed.status).toBe(200);
    expect(allowed.headers.get("access-control-allow-origin")).toBe("https://app.example.com");
    expect(allowed.headers.get("access-control-allow-headers")).toBe("content-type");
    expect((await preflight("https://example.org", "PUT")).status).toBe(403);
    expect((await preflight("https://app.example.com", "DELETE")).status).toBe(403);
    const url = await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: "a key+" }));
    const response = await fetch(url, { headers: { origin: "https://app.example.com" } });
    expect(response.headers.get("access-control-expose-headers")).toBe("ETag");
  });
});

describe("addresses", () => {
  it("may contain the bucket in the host name", async () => {
    const { port } = new URL(harness.endpoint);
    const host = `${Bucket}.localhost:${port}`;
    const signed = signedRequest(
      `http://${host}`,
      { method: "GET", path: "/a%20key%2B", body: "", headers: {} },
      ROOT_KEYS,
    );
    const body = await new Promise((resolve, reject) => {
      const headers = { ...Object.fromEntries(signed.headers), host };
      request({ host: "127.0.0.1", port, path: "/a%20key%2B", headers }, (response) => {
        response.setEncoding("utf8").once("data", resolve);
      })
        .once("error", reject)
        .end();
    });
    expect(body).toBe("content");
  });
});

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function hmac(key: Buffer, text: string): string {
  return createHmac("sha256", key).update(text).digest("hex");
}
