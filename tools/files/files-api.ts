import * as v from "valibot";
import { parseJson } from "../../lib/json/parse-json.ts";
import { encodeKey } from "../../lib/keys/object-key.ts";
import { FilesError } from "./files-error.ts";
import { type RetryDependencies, withRetries } from "./retry.ts";

const record = v.object({
  prefix_path: v.string(),
  size: v.number(),
  date_added: v.string(),
  etag: v.string(),
  content_type: v.string(),
});
const records = v.array(record);
/** A file in a list. */
export type RemoteFile = v.InferOutput<typeof record>;

const listed = v.object({
  folders: v.array(v.object({ prefix: v.string() })),
  files: records,
});
const url = v.object({ url: v.string(), headers: v.optional(v.record(v.string(), v.string()), {}) });
const upload = v.object({ uploadId: v.string() });
const parts = v.array(v.object({ PartNumber: v.number(), ETag: v.string(), Size: v.optional(v.number()) }));
const deleted = v.object({ results: v.array(v.object({ key: v.string(), status: v.number() })) });
const copied = v.object({ uploadId: v.optional(v.string()) });

/** Keys in one request of `POST /api/delete`. */
const MAX_REMOVED = 1_000;

export interface UploadedPart {
  readonly PartNumber: number;
  readonly ETag: string;
}

/** A multipart upload. */
export interface MultipartUpload {
  readonly key: string;
  readonly uploadId: string;
}

export interface FilesApiOptions extends RetryDependencies {
  /** Without a trailing slash. */
  readonly apiUrl: string;
  readonly authorization: string;
}

interface RequestOptions {
  readonly body?: Uint8Array<ArrayBuffer> | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Statuses that are not errors; default: all below 400. */
  readonly accept?: readonly number[];
}

/** The Files API over HTTP. Every method throws a FilesError with the API's code and reason. */
export class FilesApi {
  readonly signal: AbortSignal;
  readonly #options: FilesApiOptions;

  constructor(options: FilesApiOptions) {
    this.#options = options;
    this.signal = options.signal;
  }

  /** All files below a prefix, by key. */
  async *list(prefix: string): AsyncGenerator<RemoteFile> {
    let path: string | undefined = `/api/list?${new URLSearchParams({ prefix, sort: "prefix_path", limit: "1000" })}`;
    while (path !== undefined) {
      const response: Response = await this.#request("GET", path);
      yield* v.parse(records, await response.json());
      path = nextPage(response);
    }
  }

  /** The folders and files directly in a folder. */
  async *listFolder(prefix: string): AsyncGenerator<v.InferOutput<typeof listed>> {
    let path: string | undefined = `/api/list?${new URLSearchParams({ prefix, delimiter: "/", limit: "1000" })}`;
    while (path !== undefined) {
      const response: Response = await this.#request("GET", path);
      yield v.parse(listed, await response.json());
      path = nextPage(response);
    }
  }

  /** The headers of a file; undefined when there is none. */
  async head(key: string): Promise<Headers | undefined> {
    const response = await this.#request("HEAD", `/api/files/${encodeKey(key)}`, { accept: [200, 404] });
    return response.status === 200 ? response.headers : undefined;
  }

  /** The content of a file, or the rest of it; the response has the status 200 or 206. */
  download(key: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return this.#request("GET", `/api/files/${encodeKey(key)}`, { headers });
  }

  async put(key: string, body: Uint8Array<ArrayBuffer>, headers: Readonly<Record<string, string>>): Promise<void> {
    await this.#request("PUT", `/api/upload/${encodeKey(key)}`, { body, headers });
  }

  /** A URL for one upload of exactly this content. */
  async presignUpload(key: string, parameters: Readonly<Record<string, string>>): Promise<v.InferOutput<typeof url>> {
    return this.#json(url, "GET", `/api/upload_presigned/${encodeKey(key)}?${new URLSearchParams(parameters)}`);
  }

  /** A URL with which anybody can download the file. */
  async presignDownload(key: string, expires: number): Promise<string> {
    const path = `/api/download_presigned/${encodeKey(key)}?expires=${expires}`;
    return (await this.#json(url, "GET", path)).url;
  }

  async startMultipart(
    key: string,
    type: string,
    metadata: Readonly<Record<string, string>>,
  ): Promise<MultipartUpload> {
    const { uploadId } = await this.#json(upload, "POST", "/s3/multipart", { filename: key, type, metadata });
    return { key, uploadId };
  }

  /** The parts that S3 has; undefined when there is no such upload. */
  async listParts(multipart: MultipartUpload): Promise<readonly UploadedPart[] | undefined> {
    const response = await this.#request("GET", multipartPath(multipart), { accept: [200, 404] });
    return response.status === 200 ? v.parse(parts, await response.json()) : undefined;
  }

  async presignPart(multipart: MultipartUpload, number: number): Promise<string> {
    return (await this.#json(url, "GET", multipartPath(multipart, `/${number}`))).url;
  }

  async completeMultipart(multipart: MultipartUpload, uploaded: readonly UploadedPart[]): Promise<void> {
    const body = JSON.stringify({ parts: uploaded });
    await this.#request("POST", multipartPath(multipart, "/complete"), { body, headers: JSON_HEADERS });
  }

  async remove(key: string): Promise<void> {
    await this.#request("DELETE", `/api/files/${encodeKey(key)}`);
  }

  /** @throws FilesError that names a file that was not removed */
  async removeAll(keys: readonly string[]): Promise<void> {
    for (let index = 0; index < keys.length; index += MAX_REMOVED) {
      const { results } = await this.#json(deleted, "POST", "/api/delete", {
        keys: keys.slice(index, index + MAX_REMOVED),
      });
      const [first, ...others] = results.filter(({ status }) => status >= 400);
      if (!first) continue;
      const more = others.length > 0 ? ` and ${others.length} others were` : " was";
      throw new FilesError("NOT_REMOVED", `${first.key}${more} not removed (status ${first.status}).`);
    }
  }

  async copy(from: string, to: string, overwrite: boolean): Promise<void> {
    await this.#copy("/api/copy", { from, to, overwrite });
  }

  async move(from: string, to: string, overwrite: boolean): Promise<void> {
    await this.#copy("/api/move", { from, to, overwrite });
  }

  /** A large file takes several requests: each copies more parts, until nothing is left. */
  async #copy(path: string, body: object): Promise<void> {
    let uploadId: string | undefined;
    do {
      const next = { ...body, ...(uploadId !== undefined && { uploadId }) };
      ({ uploadId } = await this.#json(copied, "POST", path, next));
    } while (uploadId !== undefined);
  }

  async #json<Schema extends v.GenericSchema>(
    schema: Schema,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<v.InferOutput<Schema>> {
    const options = body === undefined ? {} : { body: JSON.stringify(body), headers: JSON_HEADERS };
    const response = await this.#request(method, path, options);
    const parsed = v.safeParse(schema, parseJson(await response.text()));
    if (parsed.success) return parsed.output;
    throw new FilesError("UNEXPECTED_RESPONSE", `${this.#options.apiUrl} is not a Files API of this version.`);
  }

  async #request(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    const { apiUrl, authorization } = this.#options;
    const { body, headers, accept } = options;
    const send = async (): Promise<Response> => {
      const response = await fetch(apiUrl + path, {
        method,
        headers: { authorization, ...headers },
        signal: this.signal,
        ...(body !== undefined && { body }),
      });
      if (accept ? accept.includes(response.status) : response.status < 400) return response;
      throw await toError(response);
    };
    return withRetries(send, this.#options).catch((error: unknown) => {
      if (!(error instanceof TypeError) || error.message !== "fetch failed") throw error;
      throw new FilesError("NO_RESPONSE", `${new URL(apiUrl).host} does not respond. Is the address right?`, {
        cause: error,
      });
    });
  }
}

const JSON_HEADERS = { "content-type": "application/json" } as const;

const multipartPath = ({ key, uploadId }: MultipartUpload, rest = ""): string =>
  `/s3/multipart/${encodeURIComponent(uploadId)}${rest}?${new URLSearchParams({ key })}`;

/** The path in the `Link` header of a list. */
function nextPage(response: Response): string | undefined {
  return /<([^>]+)>; rel="next"/.exec(response.headers.get("link") ?? "")?.[1];
}

const problem = v.object({ code: v.string(), detail: v.string() });

/** The reason of the API, or the status when the response is not from it. */
async function toError(response: Response): Promise<FilesError> {
  const { status } = response;
  const parsed = v.safeParse(problem, parseJson(await response.text()));
  const { code, detail } = parsed.success ? parsed.output : reasonOf(status);
  return new FilesError(code, detail, { status });
}

/** The reason when the response has no body, as that to HEAD, or is not from the API. */
function reasonOf(status: number): v.InferOutput<typeof problem> {
  switch (status) {
    case 401:
      return { code: "InvalidCredentials", detail: "The credentials are wrong or no longer valid." };
    case 403:
      return { code: "Forbidden", detail: "This requires the role reader on the file." };
    default:
      return { code: "UNEXPECTED_RESPONSE", detail: `The server responded with ${status}.` };
  }
}
