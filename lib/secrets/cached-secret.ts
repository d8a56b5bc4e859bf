import * as v from "valibot";
import { parseJson } from "../json/parse-json.ts";
import type { Clock } from "../time/clock.ts";
import { type SecretStore, SecretUnavailableError } from "./secret-store.ts";

/** The JSON of a secret that contains a user. The secrets that RDS manages have the same form. */
export const userSecret = v.object({
  username: v.pipe(v.string(), v.nonEmpty()),
  password: v.pipe(v.string(), v.nonEmpty()),
});
export type UserSecret = v.InferOutput<typeof userSecret>;

/** The JSON of a secret that contains an API key. */
export const apiKeySecret = v.object({ key: v.pipe(v.string(), v.nonEmpty()) });

export interface CachedSecretOptions {
  /** Milliseconds until a value is read again. */
  readonly ttl: number;
  /** Minimum time between two reads caused by {@link CachedSecret.refresh}, in milliseconds. */
  readonly refreshInterval: number;
}

/** The value of a secret, cached so that not every event needs a call to Secrets Manager. */
export class CachedSecret<Schema extends v.GenericSchema> {
  readonly #store: SecretStore;
  readonly #arn: string;
  readonly #schema: Schema;
  readonly #clock: Clock;
  readonly #options: CachedSecretOptions;
  #value: Promise<v.InferOutput<Schema>> | undefined;
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(store: SecretStore, arn: string, schema: Schema, clock: Clock, options: CachedSecretOptions) {
    this.#store = store;
    this.#arn = arn;
    this.#schema = schema;
    this.#clock = clock;
    this.#options = options;
  }

  /** @throws SecretUnavailableError; a failure is not cached, so the next call reads the secret again */
  get(): Promise<v.InferOutput<Schema>> {
    return this.#value !== undefined && this.#age() < this.#options.ttl ? this.#value : this.#read();
  }

  /**
   * The value after a possible rotation: credentials did not match the cached one. It is read again at most once per
   * `refreshInterval`, so that requests with wrong passwords cannot cause a flood of calls.
   */
  refresh(): Promise<v.InferOutput<Schema>> {
    return this.#value !== undefined && this.#age() < this.#options.refreshInterval ? this.#value : this.#read();
  }

  #age(): number {
    return this.#clock.now() - this.#readAt;
  }

  #read(): Promise<v.InferOutput<Schema>> {
    const reading = this.#store.read(this.#arn).then((text) => this.#parse(text));
    this.#value = reading;
    this.#readAt = this.#clock.now();
    reading.catch(() => {
      if (this.#value === reading) this.#value = undefined;
    });
    return reading;
  }

  #parse(text: string): v.InferOutput<Schema> {
    // The errors of JSON.parse and valibot quote the value, so neither may become the cause.
    const parsed = v.safeParse(this.#schema, parseJson(text));
    if (!parsed.success) throw new SecretUnavailableError(`The secret ${this.#arn} does not have the expected form`);
    return parsed.output;
  }
}
