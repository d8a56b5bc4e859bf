import type { ApiEvent } from "../../../lib/http/request.ts";
import type { HttpResponse } from "../../../lib/http/response.ts";
import { encodeKey } from "../../../lib/keys/object-key.ts";
import type { Log } from "../../../lib/log/log.ts";
import { MemoryObjectStore } from "../../../lib/objects/testing/memory-object-store.ts";
import { createApp } from "../app.ts";
import { createOperations } from "../create-operations.ts";
import type { FileCatalog, FilePage } from "../file-catalog.ts";
import type { FileRecord } from "../file-record.ts";
import type { ListQuery } from "../list-query.ts";
import type { Probe } from "../operations/check-health.ts";

/** A catalog that returns what a test sets and records the last query. */
export class FakeCatalog implements FileCatalog {
  page: FilePage = { files: [], more: false };
  names: readonly string[] = [];
  failure: Error | undefined;
  lastQuery: ListQuery | undefined;

  async list(query: ListQuery): Promise<FilePage> {
    if (this.failure) throw this.failure;
    this.lastQuery = query;
    return this.page;
  }

  async findByName(_filename: string, limit: number): Promise<readonly string[]> {
    if (this.failure) throw this.failure;
    return this.names.slice(0, limit);
  }
}

export interface RequestOptions {
  /** The value of the path parameter `{key+}`. */
  readonly key?: string;
  readonly query?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
  /** Null for a caller without credentials. */
  readonly role?: string | null;
}

/** The whole API with in-memory dependencies. `lines` contains the log entries, as JSON. */
export function createTestApi(probes: readonly Probe[] = []) {
  const objects = new MemoryObjectStore();
  const catalog = new FakeCatalog();
  const lines: string[] = [];
  const write = (...entry: unknown[]): void => {
    lines.push(JSON.stringify(entry));
  };
  const log: Log = { debug: write, info: write, warn: write, error: write };
  const clock = { now: () => 0 };
  const app = createApp(createOperations({ objects, catalog, probes, clock, log }), clock, log);
  const send = (routeKey: string, options: RequestOptions = {}): Promise<HttpResponse> =>
    app(apiEvent(routeKey, options));
  return { objects, catalog, lines, app, send };
}

/** An event like those of API Gateway. */
export function apiEvent(
  routeKey: string,
  { key, query = "", headers = {}, body, role = "admin" }: RequestOptions,
): ApiEvent {
  const [method = "", path = ""] = routeKey.split(" ");
  const rawPath = key === undefined ? path : path.replace("{key+}", key.isWellFormed() ? encodeKey(key) : "broken");
  const text = typeof body === "string" ? { body } : { body: Buffer.from(body ?? "").toString("base64") };
  return {
    version: "2.0",
    routeKey,
    rawPath,
    rawQueryString: query,
    headers,
    requestContext: {
      accountId: "000000000000",
      apiId: "api",
      domainName: "localhost",
      domainPrefix: "api",
      http: { method, path: rawPath, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "test" },
      requestId: "request-1",
      routeKey,
      stage: "$default",
      time: "02/Jan/2026:03:04:05 +0000",
      timeEpoch: 0,
      authorizer: {
        lambda: role === null ? undefined : { user: "nvclient", role },
      },
    },
    ...(key === undefined ? {} : { pathParameters: { key } }),
    ...(body === undefined ? {} : text),
    isBase64Encoded: body !== undefined && typeof body !== "string",
  };
}

/** The bytes that API Gateway sends to the caller. */
export const bytesOf = ({ body = "", isBase64Encoded }: HttpResponse): Buffer =>
  Buffer.from(body, isBase64Encoded ? "base64" : "utf8");

export const recordOf = (key: string, over: Partial<FileRecord> = {}): FileRecord => ({
  filename: key.slice(key.lastIndexOf("/") + 1),
  prefix_path: key,
  s3_bucket: "nv-demo-storage",
  url: `https://nv-demo-storage.s3.us-east-1.amazonaws.com/${encodeURIComponent(key)}`,
  date_added: "2026-01-02T03:04:05.678Z",
  size: 1,
  etag: "e",
  content_type: "text/plain",
  ...over,
});
