import * as v from "valibot";
import type { Clock } from "../time/clock.ts";
import { type SecretStore, SecretUnavailableError } from "./secret-store.ts";

/** The JSON of a secret that holds a user; the form of the secrets that RDS manages, too. */
export const userSecret = v.object({
  username: v.pipe(v.string(), v.nonEmpty()),
  password: v.pipe(v.string(), v.nonEmpty()),
});
export type UserSecret = v.InferOutput<typeof userSecret>;

/** The JSON of a secret that holds an API key. */
export const apiKeySecret = v.object({ key: v.pipe(v.string(), v.nonEmpty()) });

export interface CachedSecretOptions {
  /** How long a value is used before it is read again, in milliseconds. */
  readonly ttl: number;
  /** The least time between two reads that {@link CachedSecret.refresh} causes, in milliseconds. */
  readonly refreshInterval: number;
}

/** A secret's value, kept for a while so that not every event costs a call. */
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

  /** @throws SecretUnavailableError; a failure is not kept, the next call tries again */
  get(): Promise<v.InferOutput<Schema>> {
    return this.#value !== undefined && this.#age() < this.#options.ttl ? this.#value : this.#read();
  }

  /**
   * The value after a chance that it was rotated: the caller's credentials did not fit the kept one. It is read again unless that
   * happened moments ago, so that wrong passwords cannot be turned into a flood of calls.
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
    // Neither JSON.parse's nor valibot's error may be the cause: both quote the value.
    const parsed = v.safeParse(v.pipe(v.string(), v.rawTransform(parseJson), this.#schema), text);
    if (!parsed.success) throw new SecretUnavailableError(`The secret ${this.#arn} does not have the expected form`);
    return parsed.output;
  }
}

function parseJson({ dataset, addIssue, NEVER }: v.RawTransformContext<string>): unknown {
  try {
    return JSON.parse(dataset.value);
  } catch {
    addIssue({ message: "not JSON" });
    return NEVER;
  }
}
