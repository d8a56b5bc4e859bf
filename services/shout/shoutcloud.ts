import * as v from "valibot";
import { describeError, type Log } from "../../lib/log/log.ts";

/** SHOUTCLOUD did not make the letters big. `code` says in which way. */
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
  /** Milliseconds for one try. There are two at most, so that an answer or its lack is known within twice the time. */
  readonly timeout: number;
  readonly log: Log;
  readonly fetch?: typeof fetch;
}

const TRIES = 2;
/** No answer to 1 MB of text, which is the most that a load balancer lets in, is longer; every character may be escaped. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

const answerSchema = v.object({ OUTPUT: v.string() });

/** The client of SHOUTCLOUD: http://shoutcloud.io */
export class Shoutcloud {
  readonly #options: ShoutcloudOptions;

  constructor(options: ShoutcloudOptions) {
    this.#options = options;
  }

  /**
   * The text in capital letters. To ask twice does no harm, so a try that may go better the next time is repeated once.
   *
   * @throws ShoutcloudError
   */
  async shout(text: string): Promise<string> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#ask(text);
      } catch (error) {
        if (tries === TRIES || !isPassing(error)) throw error;
        this.#options.log.warn("SHOUTCLOUD is asked again", { error: describeError(error) });
      }
    }
  }

  async #ask(text: string): Promise<string> {
    const { url, timeout, fetch = globalThis.fetch } = this.#options;
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" }, // exactly so: with a charset it is refused
        body: JSON.stringify({ INPUT: text }),
        redirect: "manual",
        signal: AbortSignal.timeout(timeout),
      });
      const body = await readText(response);
      if (!response.ok) throw failed(response.status);
      return outputOf(body);
    } catch (cause) {
      if (cause instanceof ShoutcloudError) throw cause;
      if (cause instanceof Error && cause.name === "TimeoutError")
        throw new ShoutcloudError("UpstreamTimeout", `SHOUTCLOUD did not answer within ${timeout / 1000} s.`, {
          cause,
        });
      throw new ShoutcloudError("UpstreamUnavailable", "SHOUTCLOUD could not be reached.", { cause });
    }
  }
}

class RefusedError extends ShoutcloudError {}

function failed(status: number): ShoutcloudError {
  const message = `SHOUTCLOUD answered with status ${status}.`;
  return status >= 500 || status === 429
    ? new ShoutcloudError("UpstreamFailed", message)
    : new RefusedError("UpstreamFailed", message);
}

/** A refusal of what was sent is the same the next time. */
const isPassing = (error: unknown): boolean => !(error instanceof RefusedError);

function outputOf(body: string): string {
  try {
    return v.parse(answerSchema, JSON.parse(body)).OUTPUT;
  } catch (cause) {
    throw new ShoutcloudError("UpstreamNonsense", "SHOUTCLOUD answered, but not with capital letters.", { cause });
  }
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > MAX_ANSWER_BYTES) throw new ShoutcloudError("UpstreamNonsense", "SHOUTCLOUD would not stop shouting.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
