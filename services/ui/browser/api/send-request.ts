import { unreachable } from "./api-error.ts";

/** Sends a request to the API. @throws ApiError when there is no response; the reason of an abort as it is */
export async function sendRequest(path: string, init: RequestInit, fetchFunction: typeof fetch): Promise<Response> {
  try {
    // Without credentials, a browser does not ask for a password itself.
    return await fetchFunction(path, { ...init, credentials: "omit" });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw unreachable(error);
  }
}
