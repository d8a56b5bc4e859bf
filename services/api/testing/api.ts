import { type AuditEvent, type AuditLog, FunctionAuditLog } from "../../../lib/audit/audit-log.ts";
import type { ApiEvent } from "../../../lib/http/request.ts";
import type { HttpResponse } from "../../../lib/http/response.ts";
import { basename, encodeKey } from "../../../lib/keys/object-key.ts";
import type { Log } from "../../../lib/log/log.ts";
import { MemoryObjectStore } from "../../../lib/objects/testing/memory-object-store.ts";
import { MemoryUploadStore } from "../../../lib/objects/testing/memory-upload-store.ts";
import { noTracer } from "../../../lib/tracing/tracer.ts";
import { type AuthorizerContext, toAuthorizerContext } from "../../../lib/users/authorizer-context.ts";
import type { Grant } from "../../../lib/users/grants.ts";
import type { Principal } from "../../../lib/users/principal.ts";
import { createApp } from "../app.ts";
import { createOperations } from "../create-operations.ts";
import type { FileCatalog, FilePage, FolderPage, SearchPage } from "../file-catalog.ts";
import type { CatalogFile } from "../file-record.ts";
import type { CatalogFolderQuery } from "../folder-query.ts";
import type { CatalogQuery } from "../list-query.ts";
import type { Probe } from "../operations/check-health.ts";
import type { CatalogSearchQuery } from "../search-query.ts";
import { checkDocumented } from "./documented.ts";

/** A catalog that returns what a test sets, of that what is below the prefixes, and records the last query. */
export class FakeCatalog implements FileCatalog {
  page: FilePage = { files: [], more: false };
  names: readonly string[] = [];
  failure: Error | undefined;
  lastQuery: CatalogQuery | undefined;
  lastFolderQuery: CatalogFolderQuery | undefined;
  lastSearchQuery: CatalogSearchQuery | undefined;

  async list(query: CatalogQuery): Promise<FilePage> {
    if (this.failure) throw this.failure;
    this.lastQuery = query;
    const { files, more } = this.page;
    return { files: files.filter(({ prefix_path }) => isBelow(query.prefixes, prefix_path)), more };
  }

  /** The files of the page, without folders. */
  async listFolders(query: CatalogFolderQuery): Promise<FolderPage> {
    if (this.failure) throw this.failure;
    this.lastFolderQuery = query;
    const { files, more } = this.page;
    const readable = files.filter(({ prefix_path }) => isBelow(query.prefixes, prefix_path));
    return { entries: readable.map((file) => ({ file })), more };
  }

  /** The files of the page, whatever the text is. */
  async search(query: CatalogSearchQuery): Promise<SearchPage> {
    if (this.failure) throw this.failure;
    this.lastSearchQuery = query;
    const { files, more } = this.page;
    const readable = files.filter(({ prefix_path }) => isBelow(query.prefixes, prefix_path));
    return { matches: readable.map((file) => ({ rank: 0, isCommon: false, file })), more };
  }

  async findByName(filename: string, prefixes: readonly string[], limit: number): Promise<readonly string[]> {
    if (this.failure) throw this.failure;
    return this.names.filter((key) => basename(key) === filename && isBelow(prefixes, key)).slice(0, limit);
  }
}

const isBelow = (prefixes: readonly string[], key: string): boolean =>
  prefixes.some((prefix) => key.startsWith(prefix));

export interface RequestOptions {
  /** The value of the path parameter `{key+}`. */
  readonly key?: string;
  /** The values of the other path parameters. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
  /** The grants of the caller; by default the role `admin` on all files. */
  readonly grants?: readonly Grant[];
  /** What the authorizer passed, in place of a caller with these grants; null for a route without an authorizer. */
  readonly context?: unknown;
}

const everything: readonly Grant[] = [{ role: "admin", prefix: "" }];

/** What the authorizer passes for a caller who has signed in. */
export const contextOf = (principal: Partial<Principal> = {}): AuthorizerContext =>
  toAuthorizerContext(
    { outcome: "authenticated", principal: { user: "nvclient", grants: everything, method: "password", ...principal } },
    0,
  );

/**
 * The whole API with in-memory dependencies. `lines` contains the log entries, as JSON, `audited` the events of the
 * audit log, and `calls` the number of calls of the bucket and the catalog.
 */
export function createTestApi(probes: readonly Probe[] = []) {
  const objects = new MemoryObjectStore();
  const uploads = new MemoryUploadStore(objects);
  const catalog = new FakeCatalog();
  const calls = { bucket: 0, catalog: 0 };
  const lines: string[] = [];
  const audited: AuditEvent[] = [];
  const write = (...entry: unknown[]): void => {
    lines.push(JSON.stringify(entry));
  };
  const log: Log = { debug: write, info: write, warn: write, error: write };
  const clock = { now: () => 0 };
  const functionAudit = new FunctionAuditLog(log);
  const audit: AuditLog = {
    record: (event) => {
      audited.push(event);
      return functionAudit.record(event);
    },
  };
  const countBucket = (): void => {
    calls.bucket += 1;
  };
  const operations = createOperations({
    objects: onCall(objects, countBucket),
    uploads: onCall(uploads, countBucket),
    catalog: onCall(catalog, () => {
      calls.catalog += 1;
    }),
    audit,
    probes,
    clock,
    log,
  });
  const app = createApp({ operations, audit, clock, log, tracer: noTracer });
  /** Sends a request. A response that the OpenAPI document of the API does not describe is an error. */
  const send = async (routeKey: string, options: RequestOptions = {}): Promise<HttpResponse> => {
    const response = await app(apiEvent(routeKey, options));
    checkDocumented(routeKey, {
      status: response.statusCode,
      contentType: response.headers["content-type"] ?? "",
      text: bytesOf(response).toString(),
    });
    return response;
  };
  const upload = (key: string, body: string | Uint8Array, headers: Record<string, string> = {}) =>
    send("PUT /api/upload/{key+}", { key, body, headers });
  const download = (key: string, headers: Record<string, string> = {}) => send("GET /{key+}", { key, headers });
  return { objects, uploads, catalog, calls, lines, audited, app, send, upload, download };
}

/** The same object, which reports each call of a method. */
const onCall = <T extends object>(target: T, report: () => void): T =>
  new Proxy(target, {
    get: (_, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return (...parameters: unknown[]): unknown => {
        report();
        return member.apply(target, parameters);
      };
    },
  });

/** An event like those of API Gateway. */
export function apiEvent(
  routeKey: string,
  {
    key,
    parameters = {},
    query = "",
    headers = {},
    body,
    grants = everything,
    context = contextOf({ grants }),
  }: RequestOptions,
): ApiEvent {
  const [method = "", path = ""] = routeKey.split(" ");
  const pathParameters = { ...parameters, ...(key === undefined ? {} : { key }) };
  const rawPath = path.replace(/\{(\w+)\+?\}/g, (_, name: string) => {
    const value = Object.hasOwn(pathParameters, name) ? pathParameters[name as "key"] : undefined;
    return value?.isWellFormed() ? encodeKey(value) : "broken";
  });
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
      domainName: "files.example.com",
      domainPrefix: "files",
      http: { method, path: rawPath, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "test" },
      requestId: "request-1",
      routeKey,
      stage: "$default",
      time: "02/Jan/2026:03:04:05 +0000",
      timeEpoch: 0,
      authorizer: { lambda: context ?? undefined },
    },
    pathParameters,
    ...(body === undefined ? {} : text),
    isBase64Encoded: body !== undefined && typeof body !== "string",
  };
}

/** The bytes that API Gateway sends to the caller. */
export const bytesOf = ({ body = "", isBase64Encoded }: HttpResponse): Buffer =>
  Buffer.from(body, isBase64Encoded ? "base64" : "utf8");

/** The body of a response in JSON. */
export const bodyOf = ({ body = "" }: HttpResponse) => JSON.parse(body);

export const recordOf = (key: string, over: Partial<CatalogFile> = {}): CatalogFile => ({
  filename: basename(key),
  prefix_path: key,
  s3_bucket: "nv-demo-storage",
  date_added: "2026-01-02T03:04:05.678Z",
  size: 1,
  etag: "e",
  content_type: "text/plain",
  ...over,
});
