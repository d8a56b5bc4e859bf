import type { Clock } from "../time/clock.ts";
import { withDeadline } from "../time/deadline.ts";
import { noTracer, type Tracer } from "../tracing/tracer.ts";
import { type CacheStore, CacheUnavailableError } from "./cache-store.ts";
import { ProtocolError, type Reply } from "./resp.ts";
import type { CacheSettings } from "./settings.ts";
import { ValkeyConnection } from "./valkey-connection.ts";

/** Creates the password of a new connection; undefined for a cache without authentication. */
export type CachePassword = () => Promise<string | undefined>;

/**
 * Milliseconds. While the cache is unavailable, one request waits for `connect` or `command`; during the `pause` that
 * follows, commands fail without a wait.
 */
const limits = { connect: 300, command: 150, pause: 5_000 } as const;

/**
 * A Valkey client with one connection, opened by the first command. A failure closes the connection and disables the
 * cache for a few seconds, during which every command fails immediately.
 */
export class ValkeyStore implements CacheStore {
  readonly #settings: CacheSettings;
  readonly #password: CachePassword;
  readonly #clock: Clock;
  readonly #tracer: Tracer;
  #connection: Promise<ValkeyConnection> | undefined;
  #disabledUntil = Number.NEGATIVE_INFINITY;

  constructor(settings: CacheSettings, password: CachePassword, clock: Clock, tracer: Tracer = noTracer) {
    this.#settings = settings;
    this.#password = password;
    this.#clock = clock;
    this.#tracer = tracer;
  }

  async get(key: string): Promise<string | undefined> {
    const value = await this.#run(["GET", key]);
    if (typeof value === "number") throw new ProtocolError();
    return value;
  }

  async set(key: string, value: string, ttlSeconds: number): Promise<void> {
    await this.#run(["SET", key, value, "EX", String(ttlSeconds)]);
  }

  async initialize(key: string, value: number): Promise<void> {
    await this.#run(["SET", key, String(value), "NX"]);
  }

  async increment(key: string): Promise<number> {
    return Number(await this.#run(["INCR", key]));
  }

  async ping(): Promise<void> {
    await this.#run(["PING"]);
  }

  close(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.then(
      (open) => open.close(),
      () => {},
    );
  }

  async #run(command: readonly string[]): Promise<Reply> {
    if (this.#clock.now() < this.#disabledUntil)
      throw new CacheUnavailableError("The cache is disabled for some seconds after a failure");
    const annotations = { command: command[0] };
    return this.#tracer.subsegment("Valkey", { namespace: "remote", annotations }, () => this.#runWithRetry(command));
  }

  async #runWithRetry(command: readonly string[]): Promise<Reply> {
    const reused = this.#connection !== undefined;
    try {
      return await this.#attempt(command);
    } catch (error) {
      if (!reused) throw this.#failed(error);
    }
    // The connection may have been closed while the sandbox was frozen, which is not a failure of the cache.
    try {
      return await this.#attempt(command);
    } catch (error) {
      throw this.#failed(error);
    }
  }

  async #attempt(command: readonly string[]): Promise<Reply> {
    const connection = this.#connection ?? this.#connect();
    this.#connection = connection;
    try {
      return await withDeadline((await connection).send(command), limits.command);
    } catch (error) {
      if (this.#connection === connection) this.close();
      throw error;
    }
  }

  #failed(cause: unknown): CacheUnavailableError {
    this.#disabledUntil = this.#clock.now() + limits.pause;
    return new CacheUnavailableError("The cache does not respond", { cause });
  }

  async #connect(): Promise<ValkeyConnection> {
    const password = await this.#password();
    const connection = new ValkeyConnection(this.#settings);
    try {
      await withDeadline(connection.send(this.#greeting(password)), limits.connect);
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /** The first command of a connection. */
  #greeting(password: string | undefined): readonly string[] {
    if (password === undefined) return ["PING"];
    const { iam } = this.#settings;
    return iam ? ["AUTH", iam.user, password] : ["AUTH", password];
  }
}
