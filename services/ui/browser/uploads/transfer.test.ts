import { beforeEach, expect, it } from "vitest";
import type { ApiRequest } from "../api/api-client.ts";
import { ApiError } from "../api/api-error.ts";
import { isConflict, type Transfer, type TransferDependencies, transfer } from "./transfer.ts";

const MEBIBYTE = 1024 ** 2;

/** A blob of any size that needs no memory. */
const blob = (size: number): Blob => ({ size, slice: (start = 0, end = size) => blob(end - start) }) as Blob;

let requests: string[];
let bodies: Map<string, unknown>;
let existing: Set<string>;
let parts: { PartNumber: number; ETag: string }[] | undefined;
let uploadIds: (string | undefined)[];
let progress: number[];
let dependencies: TransferDependencies;

beforeEach(() => {
  requests = [];
  bodies = new Map();
  existing = new Set();
  parts = undefined;
  uploadIds = [];
  progress = [];
  const record = (path: string, { method = "GET", headers = {}, json }: ApiRequest = {}) => {
    const request = `${method} ${path.split("?")[0]} ${headers["if-none-match"] ?? ""}`.trim();
    requests.push(request);
    bodies.set(request, json);
  };
  dependencies = {
    client: {
      put: async (path, { headers, onProgress, body }) => {
        record(path, { method: "PUT", headers });
        onProgress(body.size);
      },
      send: async (path, request) => {
        record(path, request);
        return new Response();
      },
      json: async <Body>(path: string, request?: ApiRequest) => {
        record(path, request);
        if (path === "/s3/multipart") return { key: "k", uploadId: "new" } as Body;
        if (/^\/s3\/multipart\/[^/]+\?/.test(path)) {
          if (!parts) throw new ApiError("Gone.", { status: 404 });
          return parts as Body;
        }
        const headers = { "content-type": "text/plain", "content-length": "1" };
        return { url: `https://bucket${path.split("?")[0]}`, headers } as Body;
      },
    },
    files: { exists: async (key) => existing.has(key) },
    sendFile: async ({ url, headers, body, onProgress }) => {
      record(url, { method: "PUT", headers });
      onProgress(body.size);
      return `"${url.split("/").at(-1)}"`;
    },
  };
});

const send = (size: number, changes: Partial<Transfer> = {}): Promise<void> =>
  transfer(
    {
      key: "a b/k",
      data: blob(size),
      type: "text/plain",
      replaces: false,
      uploadId: undefined,
      signal: new AbortController().signal,
      onUploadId: (id) => uploadIds.push(id),
      onProgress: (bytes) => progress.push(bytes),
      ...changes,
    },
    dependencies,
  );

it("sends a small file to the API, under the condition that there is none", async () => {
  await send(10);
  expect(requests).toEqual(["PUT /api/upload/a%20b/k *"]);
  await send(10, { replaces: true });
  expect(requests.at(-1)).toBe("PUT /api/upload/a%20b/k");
});

it("sends a larger file to the bucket", async () => {
  await send(5 * MEBIBYTE);
  expect(requests).toEqual(["GET /api/upload_presigned/a%20b/k", "PUT https://bucket/api/upload_presigned/a%20b/k *"]);
  expect(progress.at(-1)).toBe(5 * MEBIBYTE);
});

it("does not send a larger file when there is one", async () => {
  existing.add("a b/k");
  const error = await send(5 * MEBIBYTE).catch((reason) => reason);
  expect(isConflict(error)).toBe(true);
  expect(requests).toEqual([]);
  await send(5 * MEBIBYTE, { replaces: true });
  expect(requests).toHaveLength(2);
});

it("sends a large file in parts, and completes them in order", async () => {
  await send(40 * MEBIBYTE);
  expect(requests[0]).toBe("POST /s3/multipart");
  expect(requests.filter((request) => request.startsWith("PUT"))).toHaveLength(3);
  expect(requests.at(-1)).toBe("POST /s3/multipart/new/complete *");
  expect(bodies.get("POST /s3/multipart/new/complete *")).toEqual({
    parts: [1, 2, 3].map((number) => ({ PartNumber: number, ETag: `"${number}"` })),
  });
  expect(uploadIds).toEqual(["new", undefined]);
  expect(progress.at(-1)).toBe(40 * MEBIBYTE);
});

it("continues an upload with the parts that are missing", async () => {
  parts = [{ PartNumber: 2, ETag: '"two"' }];
  await send(40 * MEBIBYTE, { uploadId: "old" });
  expect(progress[0]).toBe(16 * MEBIBYTE);
  expect(requests.filter((request) => request.startsWith("PUT")).map((request) => request.at(-1))).toEqual(["1", "3"]);
  expect(bodies.get("POST /s3/multipart/old/complete *")).toMatchObject({ parts: [{}, { ETag: '"two"' }, {}] });
});

it("begins again when the upload does not exist any more", async () => {
  await send(40 * MEBIBYTE, { uploadId: "expired" });
  expect(uploadIds).toEqual(["new", undefined]);
});
