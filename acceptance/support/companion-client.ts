import type { FilesClient } from "./files-client.ts";

export interface Upload {
  readonly key: string;
  readonly uploadId: string;
}

export interface Part {
  readonly PartNumber: number;
  readonly ETag: string;
}

/** The requests of `@uppy/aws-s3` to Companion: https://github.com/transloadit/uppy/tree/main/packages/@uppy/aws-s3 */
export class CompanionClient {
  readonly #files: FilesClient;

  constructor(files: FilesClient) {
    this.#files = files;
  }

  async start(filename: string, metadata: Record<string, string> = {}, type = "text/plain"): Promise<Upload> {
    return this.#body<Upload>("POST", "/s3/multipart", { filename, type, metadata });
  }

  parts(upload: Upload): Promise<readonly Part[]> {
    return this.#body("GET", pathOf(upload));
  }

  /** The URL to which a part is uploaded. */
  async presign(upload: Upload, number: number): Promise<string> {
    return (await this.#body<{ url: string }>("GET", pathOf(upload, `/${number}`))).url;
  }

  /** Signs a part, uploads it to S3, and returns it with its ETag. */
  async uploadPart(upload: Upload, number: number, body: Uint8Array<ArrayBuffer>): Promise<Part> {
    const response = await fetch(await this.presign(upload, number), { method: "PUT", body });
    if (!response.ok) throw new Error(`S3 returned ${response.status}: ${await response.text()}`);
    return { PartNumber: number, ETag: response.headers.get("etag") ?? "" };
  }

  complete(upload: Upload, parts: readonly Part[]) {
    return this.#files.json("POST", pathOf(upload, "/complete"), { parts });
  }

  abort(upload: Upload) {
    return this.#files.json("DELETE", pathOf(upload));
  }

  async #body<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.#files.json(method, path, body);
    if (response.status !== 200) throw new Error(`${method} ${path}: ${JSON.stringify(response.body)}`);
    return response.body as T;
  }
}

const pathOf = ({ key, uploadId }: Upload, rest = ""): string =>
  `/s3/multipart/${encodeURIComponent(uploadId)}${rest}?key=${encodeURIComponent(key)}`;
