import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import { clientSettings } from "./client-settings.ts";
import type { Target } from "./target.ts";

/** SHA-256 in the form that the signer needs. */
class Sha256 {
  readonly #hash: ReturnType<typeof createHash>;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash =
      secret === undefined ? createHash("sha256") : (createHmac("sha256", secret as NodeJS.ArrayBufferView) as never);
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(data as NodeJS.ArrayBufferView);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    throw new TypeError("A hash cannot be reset.");
  }
}

interface Run {
  readonly Status: { readonly State: string; readonly StateReason?: string };
}

/** The canary of a local deployment, which usually runs once a day. */
export class CanaryClient {
  readonly #settings: ReturnType<typeof clientSettings>;
  readonly #name: string;

  constructor(target: Target) {
    this.#settings = clientSettings(target.awsVariables);
    this.#name = `${target.prefix}-canary`;
  }

  /** Runs the canary once, by the schedule `rate(0 minute)`. */
  async run(): Promise<Run["Status"]> {
    const before = (await this.#runs()).length;
    await this.#call("PATCH", "", { Schedule: { Expression: "rate(0 minute)" } });
    if ((await this.#status()) === "RUNNING") await this.#call("POST", "/stop");
    await this.#call("POST", "/start");
    for (;;) {
      const [latest, ...others] = await this.#runs();
      if (latest && others.length >= before) return latest.Status;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  /** Whether the daily run has taken place and succeeded. */
  async hasPassed(): Promise<boolean> {
    return (await this.#runs()).some(({ Status }) => Status.State === "PASSED");
  }

  /** Returns to the daily schedule. */
  async restore(): Promise<void> {
    await this.#call("PATCH", "", { Schedule: { Expression: "cron(0 12 * * ? *)" } });
    if ((await this.#status()) !== "RUNNING") await this.#call("POST", "/start");
  }

  async #status(): Promise<string> {
    const { Canary } = (await this.#call("GET", "")) as { Canary: { Status: { State: string } } };
    return Canary.Status.State;
  }

  async #runs(): Promise<readonly Run[]> {
    const { CanaryRuns } = (await this.#call("POST", "/runs", {})) as { CanaryRuns: readonly Run[] };
    return CanaryRuns;
  }

  async #call(method: string, action: string, input?: object): Promise<unknown> {
    const { endpoint = "", region = "", credentials } = this.#settings;
    if (!credentials) throw new TypeError("A canary is run only in a local deployment.");
    const { hostname, port, host } = new URL(endpoint);
    const path = `/canary/${this.#name}${action}`;
    const body = input === undefined ? "" : JSON.stringify(input);
    const signer = new SignatureV4({ credentials, region, service: "synthetics", sha256: Sha256 });
    const content = { headers: { host, "content-type": "application/json" }, ...(body && { body }) };
    const { headers } = await signer.sign({
      method,
      protocol: "http:",
      hostname,
      port: Number(port),
      path,
      ...content,
    });
    const response = await fetch(endpoint + path, { method, headers, ...(body && { body }) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  }
}
