import * as v from "valibot";
import { describeError, type Log } from "../../lib/log/log.ts";
import type { SegmentFields } from "../../lib/tracing/segment.ts";
import type { Tracer } from "../../lib/tracing/tracer.ts";

/** SHOUTCLOUD failed; `code` is the kind of failure. */
export class ShoutcloudError extends Error {
  override readonly name = "ShoutcloudError";
  readonly code: "UpstreamTimeout" | "UpstreamUnavailable" | "UpstreamFailed" | "UpstreamNonsense";

  constructor(code: ShoutcloudError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export interface ShoutcloudOptions {
  readonly url: string;
  /** Milliseconds per attempt. There are at most two attempts. */
  readonly timeout: number;
  readonly log: Log;
  readonly tracer: Tracer;
}

const MAX_ATTEMPTS = 2;
/** Enough for the response to 1 MB of text, the limit of the load balancer, with every character escaped. */
const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;

const responseSchema = v.object({ OUTPUT: v.string() });

/** A client for SHOUTCLOUD: http://shoutcloud.io */
export class Shoutcloud {
  readonly #options: ShoutcloudOptions;

  constructor(options: ShoutcloudOptions) {
    this.#options = options;
  }

  /**
   * Converts the text to upper case. A request is idempotent, so a failure that may be transient is retried once.
   *
   * @throws ShoutcloudError
   */
  async shout(text: string): Promise<string> {
    const { url, tracer } = this.#options;
    const fields: SegmentFields = { namespace: "remote", http: { request: { method: "POST", url } } };
    for (let attempt = 1; ; attempt += 1) {
      try {
        // The trace ends here: the header would tell a third party about our requests.
        return await tracer.subsegment(new URL(url).host, fields, (segment) => this.#attempt(text, segment));
      } catch (error) {
        if (attempt === MAX_ATTEMPTS || !isRetryable(error)) throw error;
        this.#options.log.warn("Retrying SHOUTCLOUD", { error: describeError(error) });
      }
    }
  }

  async #attempt(text: string, segment: SegmentFields): Promise<string> {
    const { url, timeout } = this.#options;
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" }, // SHOUTCLOUD rejects the type with a charset.
        body: JSON.stringify({ INPUT: text }),
        redirect: "manual",
        signal: AbortSignal.timeout(timeout),
      });
      segment.http = { ...segment.http, response: { status: response.status } };
      const body = await readText(response);
      if (!response.ok) throw statusError(response.status);
      return parseOutput(body);
    } catch (cause) {
      if (cause instanceof ShoutcloudError) throw cause;
      if (cause instanceof Error && cause.name === "TimeoutError")
        throw new ShoutcloudError("UpstreamTimeout", `SHOUTCLOUD did not respond within ${timeout / 1000} s.`, {
          cause,
        });
      throw new ShoutcloudError("UpstreamUnavailable", "SHOUTCLOUD could not be reached.", { cause });
    }
  }
}

/** SHOUTCLOUD rejected the request, so a retry would fail, too. */
class RequestRejectedError extends ShoutcloudError {}

function statusError(status: number): ShoutcloudError {
  const message = `SHOUTCLOUD responded with status ${status}.`;
  return status >= 500 || status === 429
    ? new ShoutcloudError("UpstreamFailed", message)
    : new RequestRejectedError("UpstreamFailed", message);
}

const isRetryable = (error: unknown): boolean => !(error instanceof RequestRejectedError);

function parseOutput(body: string): string {
  try {
    return v.parse(responseSchema, JSON.parse(body)).OUTPUT;
  } catch (cause) {
    throw new ShoutcloudError("UpstreamNonsense", "SHOUTCLOUD returned an invalid response.", { cause });
  }
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > MAX_RESPONSE_BYTES)
      throw new ShoutcloudError("UpstreamNonsense", "The response of SHOUTCLOUD is too long.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
