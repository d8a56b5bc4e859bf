import type { Tracer } from "../../lib/tracing/tracer.ts";
import { DeliveryError, type Recipient } from "./delivery-error.ts";

export interface PostDependencies {
  readonly fetch: typeof fetch;
  /** @param milliseconds */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Between 0 and 1. */
  readonly random: () => number;
  readonly tracer: Tracer;
}

export interface Post {
  readonly recipient: Recipient;
  readonly url: string;
  readonly body: object;
  /** Why the recipient rejected the message, from the body of its response. */
  readonly readReason: (body: string) => string;
}

const MAX_ATTEMPTS = 3;
const ATTEMPT_TIMEOUT_MS = 5_000;
/** The three attempts and two waits fit into the timeout of the function. */
const MAX_WAIT_MS = 10_000;
const BASE_WAIT_MS = 500;
const MAX_REASON_CHARACTERS = 200;
const MAX_RESPONSE_BYTES = 16 * 1024;

/**
 * Sends JSON, and tries again after a failure that may be transient: with exponential backoff and jitter, or after the
 * time that the recipient asks for. Redirects are not followed, because they would carry the message to an address
 * that nobody has checked.
 *
 * @throws DeliveryError
 */
export function postJson(post: Post, dependencies: PostDependencies): Promise<void> {
  // The address of a webhook is secret.
  return dependencies.tracer.subsegment(post.recipient, { namespace: "remote" }, () => send(post, dependencies));
}

async function send(post: Post, dependencies: PostDependencies): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const error = await attemptPost(post, dependencies.fetch);
    if (!error) return;
    if (attempt === MAX_ATTEMPTS || error.code === "Rejected") throw error;
    const backoff = BASE_WAIT_MS * 2 ** attempt * (0.5 + dependencies.random() / 2);
    const wait = Math.max((error.retryAfter ?? 0) * 1000, backoff);
    if (wait > MAX_WAIT_MS) throw error;
    await dependencies.sleep(wait);
  }
}

async function attemptPost(post: Post, fetchUrl: typeof fetch): Promise<DeliveryError | undefined> {
  const { recipient, url, body, readReason } = post;
  try {
    const response = await fetchUrl(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      redirect: "manual",
      signal: AbortSignal.timeout(ATTEMPT_TIMEOUT_MS),
    });
    const text = await readText(response);
    return response.ok ? undefined : responseError(recipient, response, readReason(text));
  } catch (error) {
    // The cause is dropped, because some errors of fetch quote the address.
    return error instanceof Error && error.name === "TimeoutError"
      ? new DeliveryError("TimedOut", `${recipient} did not respond within ${ATTEMPT_TIMEOUT_MS / 1000} s`)
      : new DeliveryError("Unreachable", `${recipient} could not be reached`);
  }
}

function responseError(recipient: Recipient, response: Response, reason: string): DeliveryError {
  const { status } = response;
  const because =
    reason === "" ? "" : `: ${reason.replaceAll(/[^\w .,:;'"()-]/g, "?").slice(0, MAX_REASON_CHARACTERS)}`;
  const message = `${recipient} responded with status ${status}${because}`;
  if (status === 429) return new DeliveryError("RateLimited", message, retryAfter(response));
  return new DeliveryError(status >= 500 ? "Failed" : "Rejected", message);
}

/** In seconds; undefined without a header, or with a date in its place, which neither recipient sends. */
function retryAfter({ headers }: Response): number | undefined {
  const value = headers.get("retry-after") ?? "";
  return /^\d{1,5}$/.test(value) ? Number(value) : undefined;
}

/** The beginning of the body. */
async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= MAX_RESPONSE_BYTES) break;
  }
  return Buffer.concat(chunks).toString();
}
