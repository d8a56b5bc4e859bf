import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  ObjectStoreError,
  ObjectStoreUnavailableError,
  PreconditionFailedError,
  RangeNotSatisfiableError,
} from "./object-store.ts";
import { createS3Client, S3ObjectStore } from "./s3-object-store.ts";

/** The server's response in each test; the client and its signatures are real. */
let respond: (request: IncomingMessage, response: ServerResponse) => void;
let server: Server;
let store: S3ObjectStore;

beforeEach(async () => {
  server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    request.resume();
    respond(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = address && typeof address === "object" ? address.port : 0;
  const access = {
    endpoint: () => `http://127.0.0.1:${port}`,
    region: "us-east-1",
    credentials: async () => ({ accessKeyId: "id", secretAccessKey: "secret" }),
  };
  const client = createS3Client(access, { attempts: 1 });
  store = new S3ObjectStore(client, "bucket");
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const rejectWith = (status: number, code: string): void => {
  respond = (_request, response) => {
    response.writeHead(status, { "content-type": "application/xml" }).end(`<Error><Code>${code}</Code></Error>`);
  };
};

const object = { "content-type": "text/plain", etag: '"e"', "last-modified": "Fri, 02 Jan 2026 03:04:05 GMT" };

it("reads an object and its metadata", async () => {
  respond = (_request, response) =>
    response.writeHead(200, { ...object, "x-amz-meta-author": "ada", "content-length": 5 }).end("hello");
  const opened = await store.open("a b");
  expect(opened?.metadata).toEqual({
    size: 5,
    etag: '"e"',
    lastModified: new Date("2026-01-02T03:04:05Z"),
    contentType: "text/plain",
    userMetadata: { author: "ada" },
  });
  expect(Buffer.from((await opened?.read()) ?? []).toString()).toBe("hello");
});

it("reads a range and the size of the whole object", async () => {
  respond = (request, response) => {
    expect(request.headers.range).toBe("bytes=1-2");
    response.writeHead(206, { ...object, "content-length": 2, "content-range": "bytes 1-2/5" }).end("el");
  };
  const opened = await store.open("k", "bytes=1-2");
  expect(opened).toMatchObject({ length: 2, contentRange: "bytes 1-2/5", metadata: { size: 5 } });
});

describe("errors of S3", () => {
  it("returns undefined for a missing object, for GET and HEAD", async () => {
    rejectWith(404, "NoSuchKey");
    expect(await store.open("k")).toBeUndefined();
    respond = (_request, response) => response.writeHead(404).end();
    expect(await store.head("k")).toBeUndefined();
  });

  it.each([
    [404, "NoSuchBucket", ObjectStoreError],
    [403, "AccessDenied", ObjectStoreError],
    [412, "PreconditionFailed", PreconditionFailedError],
    [416, "InvalidRange", RangeNotSatisfiableError],
    [503, "SlowDown", ObjectStoreUnavailableError],
  ])("translates %i %s", async (status, code, expected) => {
    rejectWith(status, code);
    const error = await store.open("k").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(expected);
    expect((error as Error).constructor).toBe(expected);
  });

  it("reports the size of the object when a range is beyond it", async () => {
    respond = (_request, response) => {
      response.writeHead(416).end("<Error><Code>InvalidRange</Code><ActualObjectSize>3</ActualObjectSize></Error>");
    };
    await expect(store.open("k", "bytes=9-")).rejects.toMatchObject({ code: "RangeNotSatisfiable", size: 3 });
  });

  it("reports a closed connection as unavailable", async () => {
    respond = (request) => request.socket.destroy();
    await expect(store.head("k")).rejects.toThrow(ObjectStoreUnavailableError);
  });
});

it("uploads a body with its type, checksum and conditions", async () => {
  let headers: IncomingMessage["headers"] = {};
  respond = (request, response) => {
    headers = request.headers;
    response.writeHead(200).end();
  };
  await store.put("k", Buffer.from("123456789"), "text/plain", { ifNoneMatch: "*", metadata: { author: "ada" } });
  // The CRC-32 check value, cbf43926, in base64.
  expect(headers).toMatchObject({
    "content-type": "text/plain",
    "x-amz-checksum-crc32": "y/Q5Jg==",
    "if-none-match": "*",
    "x-amz-meta-author": "ada",
  });
});

it("lists keys that XML cannot represent", async () => {
  respond = (request, response) => {
    const query = new URL(request.url ?? "", "http://localhost").searchParams;
    expect(Object.fromEntries(query)).toMatchObject({ "start-after": "a b", "encoding-type": "url" });
    const entry = "<Key>a+%01%2B</Key><Size>7</Size><ETag>&quot;e&quot;</ETag>";
    response.writeHead(200).end(`<ListBucketResult><Contents>${entry}</Contents></ListBucketResult>`);
  };
  expect(await store.listAfter("a b")).toEqual([{ key: "a \u0001+", size: 7, etag: '"e"' }]);
});

it("presigns an upload of any body", async () => {
  const presigned = await store.presignPut("a b/ü", 300);
  const url = new URL(presigned.url);
  expect(presigned.headers).toEqual({});
  expect(url.pathname).toBe("/bucket/a%20b/%C3%BC");
  expect(url.searchParams.get("X-Amz-Expires")).toBe("300");
  expect(url.searchParams.get("X-Amz-SignedHeaders")).toBe("host");
  expect([...url.searchParams.keys()].filter((name) => /checksum/i.test(name))).toEqual([]);
});
