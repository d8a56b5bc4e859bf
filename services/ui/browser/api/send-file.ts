import { fetcher } from "@uppy/core/utils";
import { type ApiError, refusal, unreachable } from "./api-error.ts";

export interface FileRequest {
  readonly url: string;
  readonly body: Blob;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Receives the bytes that were sent. */
  readonly onProgress: (bytes: number) => void;
}

/** Sends a body by PUT and returns the ETag of the response, with quotes; empty when there is none. */
export type SendFile = (request: FileRequest) => Promise<string>;

/** Sends a body by PUT, repeats it when the server fails, and reports the progress. @throws ApiError */
export const sendFile: SendFile = async ({ url, body, headers, signal, onProgress }) => {
  try {
    const request = await fetcher(url, {
      method: "PUT",
      body,
      headers: { ...headers },
      signal,
      shouldRetry: ({ status }) => status === 0 || status === 429 || status >= 500,
      onUploadProgress: ({ loaded }) => onProgress(loaded),
    });
    return request.getResponseHeader("etag") ?? "";
  } catch (error) {
    if (signal.aborted) throw error;
    throw toApiError(error);
  }
};

function toApiError(error: unknown): ApiError {
  const request = error instanceof Error && "request" in error ? error.request : undefined;
  if (!(request instanceof XMLHttpRequest) || request.status === 0) return unreachable(error);
  // A browser prints an error when the header is read of S3, which does not send it.
  return refusal({ status: request.status, text: request.responseText, retryAfter: null, cause: error });
}
