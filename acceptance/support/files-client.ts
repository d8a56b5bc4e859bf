import { expect } from "vitest";
import { DocumentedResponses } from "../../lib/openapi/testing/documented-responses.ts";
import { target } from "./target.ts";

export interface FileRecord {
  readonly filename: string;
  readonly prefix_path: string;
  readonly s3_bucket: string;
  readonly url: string;
  readonly date_added: string;
  readonly size: number;
  readonly etag: string;
  readonly content_type: string;
}

export interface JsonResponse {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the tests verify the content.
  readonly body: any;
}

/** Limits for what happens asynchronously, such as the record of an upload, which an event creates. */
export const EVENTUALLY = { timeout: 30_000, interval: 100 };

/** An `Authorization` header. */
export const basic = (username: string, password: string): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;

/** A client of the Files API, signed in as the bootstrap user or with another `Authorization` header. */
export class FilesClient {
  readonly #target = target;
  readonly #authorization: string;

  constructor(authorization?: string) {
    const { username, password } = this.#target;
    this.#authorization = authorization ?? basic(username, password);
  }

  /** Sends a request. A response that the OpenAPI document of the deployment does not describe is an error. */
  async request(path: string, init: RequestInit & { duplex?: "half" } = {}): Promise<Response> {
    const headers = { authorization: this.#authorization, ...init.headers };
    const response = await fetch(this.#target.apiUrl + path, { redirect: "manual", ...init, headers });
    await expectDocumented(init.method ?? "GET", this.#target.apiUrl, path, response);
    return response;
  }

  /** Sends a body as JSON and reads the response as JSON; the body is `undefined` when there is none. */
  async json(method: string, path: string, body?: unknown): Promise<JsonResponse> {
    const response = await this.request(path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
  }

  upload(
    key: string,
    body: NonNullable<RequestInit["body"]>,
    contentType = "application/octet-stream",
  ): Promise<Response> {
    return this.request(`/api/upload/${encodeKey(key)}`, {
      method: "PUT",
      body,
      headers: { "content-type": contentType },
    });
  }

  download(key: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.request(`/api/files/${encodeKey(key)}`, { headers });
  }

  delete(key: string): Promise<Response> {
    return this.request(`/api/files/${encodeKey(key)}`, { method: "DELETE" });
  }

  async list(query: Record<string, string> = {}): Promise<FileRecord[]> {
    const response = await this.request(`/api/list?${new URLSearchParams(query)}`);
    expect(response.status, await response.clone().text()).toBe(200);
    return (await response.json()) as FileRecord[];
  }

  /** Waits until the list has a record of the key and returns it. */
  async listed(key: string): Promise<FileRecord> {
    return expect
      .poll(async () => (await this.list({ prefix: key })).find((record) => record.prefix_path === key), EVENTUALLY)
      .toBeDefined()
      .then(async () => (await this.list({ prefix: key })).find((record) => record.prefix_path === key) as FileRecord);
  }

  /** Waits until the list has no record of the key. */
  async unlisted(key: string): Promise<void> {
    await expect
      .poll(async () => (await this.list({ prefix: key })).map((record) => record.prefix_path), EVENTUALLY)
      .not.toContain(key);
  }
}

let documented: Promise<DocumentedResponses> | undefined;

/** Verifies a response of the Files API by the OpenAPI document of the same deployment. */
export async function expectDocumented(
  method: string,
  apiUrl: string,
  path: string,
  response: Response,
): Promise<void> {
  documented ??= fetch(`${apiUrl}/api/openapi.json`).then(
    async (document) => new DocumentedResponses((await document.json()) as never),
  );
  const contentType = response.headers.get("content-type") ?? "";
  const text = contentType.includes("json") ? await response.clone().text() : "";
  const problem = (await documented).problemOf(method, path, { status: response.status, contentType, text });
  expect(problem).toBeUndefined();
}

/** Escapes a key for a URL path, except for its slashes. */
export function encodeKey(key: string): string {
  return key.split("/").map(encodeURIComponent).join("/");
}
