import { expect, inject } from "vitest";

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

/** Limits for what happens asynchronously, such as the record of an upload, which an event creates. */
export const EVENTUALLY = { timeout: 30_000, interval: 100 };

/** A client of the Files API, signed in as the bootstrap user. */
export class FilesClient {
  readonly #target = inject("target");

  request(path: string, init: RequestInit & { duplex?: "half" } = {}): Promise<Response> {
    const { apiUrl, username, password } = this.#target;
    const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
    return fetch(apiUrl + path, { redirect: "manual", ...init, headers: { authorization, ...init.headers } });
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

/** Escapes a key for a URL path, except for its slashes. */
export function encodeKey(key: string): string {
  return key.split("/").map(encodeURIComponent).join("/");
}
