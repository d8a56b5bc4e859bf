import { formatSeconds } from "../model/format.ts";

/** The API refused a request, or did not respond. The message is for the user and ends with what to do. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** The status of the response; 0 when there was none. */
  readonly status: number;
  /** The stable code of the API's errors; empty for errors of others. */
  readonly code: string;

  constructor(message: string, { status, code, cause }: { status: number; code?: string; cause?: unknown }) {
    super(message, { cause });
    this.status = status;
    this.code = code ?? "";
  }
}

interface Problem {
  readonly code?: string;
  readonly detail?: string;
}

/** The error of a response that is not a success. */
export async function toApiError(response: Response): Promise<ApiError> {
  const { status, headers } = response;
  return refusal({ status, text: await response.text(), retryAfter: headers.get("retry-after") });
}

export interface Refusal {
  readonly status: number;
  /** A problem document of the API, or another text, such as the XML of S3. */
  readonly text: string;
  readonly retryAfter: string | null;
  readonly cause?: unknown;
}

export function refusal({ status, text, retryAfter, cause }: Refusal): ApiError {
  const problem = readProblem(text);
  return new ApiError(explain(status, problem, retryAfter), { status, code: problem.code ?? "", cause });
}

function readProblem(text: string): Problem {
  try {
    return (JSON.parse(text) as Problem | null) ?? {};
  } catch {
    return {};
  }
}

export const unreachable = (cause: unknown): ApiError =>
  new ApiError("The server cannot be reached. Check the connection, then try again.", { status: 0, cause });

/** What happened and what to do, in a sentence or two. */
export function explain(status: number, { code, detail }: Problem, retryAfter: string | null): string {
  const wait = retryAfter === null ? "in a moment" : `in ${formatSeconds(Number(retryAfter))}`;
  if (code === "TooManyFailedSignIns") return `Too many failed attempts to sign in. Try again ${wait}.`;
  if (code === "FileExists") return "There is a file with this name. Choose another name or folder.";
  if (status === 429) return `Too many requests. Try again ${wait}.`;
  if (status === 403) return detail ?? "You do not have the permission for this. Ask an administrator for it.";
  if (status === 404) return "It does not exist any more. Reload the list to see what is there.";
  if (status === 412) return "The file has changed in the meantime. Reload the list, then try again.";
  if (status === 413) return "The file is too large for this way of uploading.";
  if (status >= 500) return `${detail ?? "The server failed."} Try again ${wait}.`.replace("Try again. Try", "Try");
  return detail ?? `The server refused the request (${status}).`;
}

/** The message of any error. */
export const messageOf = (error: unknown): string =>
  error instanceof ApiError ? error.message : "Something went wrong in this page. Reload it, then try again.";
