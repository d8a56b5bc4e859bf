import type { Authorization, Session } from "../session/session.ts";
import { ApiError, toApiError } from "./api-error.ts";
import type { FileRequest, SendFile } from "./send-file.ts";
import { sendRequest } from "./send-request.ts";

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
    await this.#authorized((authorization) =>
      this.#sendFile({ ...request, url: path, headers: { ...request.headers, ...authorization } }),
    );
  }

  /** @throws ApiError unless the response is a success */
  send(path: string, { method = "GET", headers, json, signal }: ApiRequest = {}): Promise<Response> {
    return this.#authorized(async (authorization) => {
      const init = {
        method,
        headers: { ...headers, ...authorization, ...(json !== undefined && { "content-type": "application/json" }) },
        ...(json !== undefined && { body: JSON.stringify(json) }),
        ...(signal && { signal }),
      };
      const response = await sendRequest(path, init, this.#fetch);
      if (!response.ok) throw await toApiError(response);
      return response;
    });
  }

  /** @throws ApiError */
  async json<Body>(path: string, request?: ApiRequest): Promise<Body> {
    return (await (await this.send(path, request)).json()) as Body;
  }

  /** Sends a request with the session, and once more with the next one when the API does not accept it. */
  async #authorized<Result>(send: (authorization: Authorization) => Promise<Result>): Promise<Result> {
    const authorization = await this.#session.authorize();
    try {
      return await send(authorization);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      this.#session.reject(authorization);
      return this.#authorized(send);
    }
  }
}
