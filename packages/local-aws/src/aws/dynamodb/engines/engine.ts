import { mkdirSync } from "node:fs";
import { REGION } from "../../../runtime/account.ts";
import { AwsError, unsupported } from "../../../runtime/error.ts";
import type { Ports } from "../../../runtime/ports.ts";
import type { Processes } from "../../../runtime/processes.ts";
import { startDynalite } from "./dynalite.ts";
import { dynoxidePath, startDynoxide } from "./dynoxide.ts";
import type { EngineServer } from "./engine-server.ts";

export interface EngineOptions {
  /** Where the tables are stored. */
  readonly directory: string;
  readonly processes: Processes;
  readonly ports: Ports;
  /**
   * Default: `dynoxide` where it is installed. `dynalite` runs everywhere, but supports neither transactions nor time
   * to live.
   */
  readonly engine?: "dynoxide" | "dynalite" | undefined;
}

/**
 * The engine requires headers of this form, but does not verify them; the gateway has verified the signature of the
 * client.
 */
const SIGNATURE_HEADERS = {
  "x-amz-date": "20260101T000000Z",
  authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/${REGION}/dynamodb/aws4_request, SignedHeaders=host, Signature=local`,
};

/** Dynoxide writes its own name into ARNs instead of the region. */
const DYNOXIDE_ARN = /arn:aws:(dynamodb|kms):dynoxide:/g;

/** The tables and their items, in a local DynamoDB server that is started by the first call. */
export class Engine {
  readonly #options: EngineOptions;
  #running: Promise<{ readonly server: EngineServer; readonly url: string }> | undefined;
  #port: number | undefined;
  #tablesVersion = 0;

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  /** Increases when a table is created, changed or deleted. */
  get tablesVersion(): number {
    return this.#tablesVersion;
  }

  /** @throws AwsError with the error code of DynamoDB. */
  async call<Output = Record<string, unknown>>(action: string, input: unknown): Promise<Output> {
    const { url } = await this.#start();
    const response = await post(url, action, input);
    if (/^(Create|Update|Delete)Table$/.test(action)) this.#tablesVersion += 1;
    const body = (await response.text()).replaceAll(DYNOXIDE_ARN, `arn:aws:$1:${REGION}:`);
    const output = JSON.parse(body || "{}") as Output;
    if (!response.ok) throw errorOf(action, output as Record<string, unknown>, response.status);
    return output;
  }

  async stop(): Promise<void> {
    const running = await this.#running?.catch(() => undefined);
    await running?.server.stop();
  }

  #start() {
    this.#running ??= this.#open();
    return this.#running;
  }

  async #open(): Promise<{ server: EngineServer; url: string }> {
    const { directory, processes, ports } = this.#options;
    const reset = () => {
      this.#running = undefined;
    };
    try {
      mkdirSync(directory, { recursive: true });
      this.#port ??= await ports.claim("dynamodb");
      const port = this.#port;
      const path = this.#options.engine === "dynalite" ? undefined : dynoxidePath();
      const server =
        path === undefined
          ? await startDynalite(directory, port)
          : await startDynoxide(path, directory, port, processes);
      void server.ended.then(reset); // The next call starts the server again.
      return { server, url: `http://127.0.0.1:${port}/` };
    } catch (error) {
      reset();
      throw error;
    }
  }
}

async function post(url: string, action: string, input: unknown): Promise<Response> {
  const headers = {
    ...SIGNATURE_HEADERS,
    "content-type": "application/x-amz-json-1.0",
    "x-amz-target": `DynamoDB_20120810.${action}`,
  };
  try {
    return await fetch(url, { method: "POST", headers, body: JSON.stringify(input) });
  } catch (cause) {
    // The server has just ended. Clients retry requests that fail with a 5xx status.
    throw new AwsError("ServiceUnavailable", `DynamoDB is not available: ${String(cause)}`, 503);
  }
}

function errorOf(action: string, body: Record<string, unknown>, status: number): AwsError {
  const { __type = "InternalServerError", message, Message, ...details } = body;
  const code = String(__type).split("#").at(-1) ?? "";
  if (code === "UnknownOperationException") {
    return unsupported(`dynamodb ${action} on this platform`, { code, status: 501 });
  }
  return new AwsError(code, String(message ?? Message ?? ""), status, details);
}
