import type { Session } from "../session/session.ts";
import { ApiError, toApiError, unreachable } from "./api-error.ts";
import type { FileRequest, SendFile } from "./send-file.ts";

export interface ApiRequest {
  readonly method?: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** Sends requests to the API with the session. When it has ended, a request waits until the user has signed in. */
export class ApiClient {
  readonly #session: Pick<Session, "authorize" | "reject">;
  readonly #fetch: typeof fetch;
  readonly #sendFile: SendFile;

  constructor(session: Pick<Session, "authorize" | "reject">, fetchFunction: typeof fetch, sendFile: SendFile) {
    this.#session = session;
    this.#fetch = fetchFunction;
    this.#sendFile = sendFile;
  }

  /** Sends a file and reports the progress. @throws ApiError */
  async put(path: string, request: Omit<FileRequest, "url">): Promise<void> {
    const authorization = await this.#session.authorize();
    try {
      await this.#sendFile({ ...request, url: path, headers: { ...request.headers, ...authorization } });
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      this.#session.reject(authorization);
      await this.put(path, request);
    }
  }

  /** @throws ApiError unless the response is a success */
  async send(path: string, { method = "GET", headers, json, signal }: ApiRequest = {}): Promise<Response> {
    const authorization = await this.#session.authorize();
    const response = await this.#request(path, {
      method,
      headers: { ...headers, ...authorization, ...(json !== undefined && { "content-type": "application/json" }) },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(signal && { signal }),
    });
    if (response.status === 401) {
      this.#session.reject(authorization);
      return this.send(path, { method, json, signal, ...(headers && { headers }) });
    }
    if (!response.ok) throw await toApiError(response);
    return response;
  }

  /** @throws ApiError */
  async json<Body>(path: string, request?: ApiRequest): Promise<Body> {
    return (await (await this.send(path, request)).json()) as Body;
  }

  async #request(path: string, init: RequestInit): Promise<Response> {
    try {
      // Without credentials, a browser does not ask for a password itself.
      return await this.#fetch(path, { ...init, credentials: "omit" });
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw unreachable(error);
    }
  }
}
