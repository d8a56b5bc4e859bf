/** The API returned a response that the step did not expect. */
export class UnexpectedResponseError extends Error {
  override readonly name = "UnexpectedResponseError";
  readonly code = "UnexpectedResponse";
}

const TIMEOUT_MS = 15_000;

/** The calls of the Files API that the canary makes. */
export class ApiClient {
  readonly #fetch: typeof fetch;
  readonly #url: string;
  readonly #apiKey: string;

  constructor(fetcher: typeof fetch, url: string, apiKey: string) {
    this.#fetch = fetcher;
    this.#url = url.replace(/\/+$/, "");
    this.#apiKey = apiKey;
  }

  async list(prefix: string): Promise<readonly string[]> {
    const response = await this.#call("GET", `/api/list?${new URLSearchParams({ prefix })}`, 200);
    const records: unknown = await response.json();
    if (!Array.isArray(records)) throw new UnexpectedResponseError("The list is not an array");
    return records.map((record: { prefix_path?: unknown }) => String(record.prefix_path));
  }

  async upload(key: string, content: string): Promise<void> {
    const response = await this.#call("PUT", `/api/upload/${key}`, 200, content);
    const body: unknown = await response.json();
    if (body !== "File uploaded") throw new UnexpectedResponseError("The upload returned an unexpected body");
  }

  async download(key: string): Promise<string> {
    return (await this.#call("GET", `/api/files/${key}`, 200)).text();
  }

  async delete(key: string): Promise<void> {
    await this.#call("DELETE", `/api/files/${key}`, 204);
  }

  async #call(method: string, path: string, expected: number, body?: string): Promise<Response> {
    const response = await this.#fetch(`${this.#url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#apiKey}`, "content-type": "text/plain" },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body === undefined ? {} : { body }),
    });
    if (response.status === expected) return response;
    const requestId = response.headers.get("x-request-id") ?? "unknown";
    throw new UnexpectedResponseError(`${method} returned ${response.status} (request id ${requestId})`);
  }
}
