import { Redis } from "iovalkey";
import type { Clock } from "../time/clock.ts";
import { withDeadline } from "../time/deadline.ts";
import { type CacheStore, CacheUnavailableError } from "./cache-store.ts";
import type { CacheSettings } from "./settings.ts";

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
  #connection: Promise<Redis> | undefined;
  #disabledUntil = Number.NEGATIVE_INFINITY;

  constructor(settings: CacheSettings, password: CachePassword, clock: Clock) {
    this.#settings = settings;
    this.#password = password;
    this.#clock = clock;
  }

  get(key: string): Promise<string | undefined> {
    return this.#run(async (client) => (await client.get(key)) ?? undefined);
  }

  async set(key: string, value: string, ttlSeconds: number): Promise<void> {
    await this.#run((client) => client.set(key, value, "EX", ttlSeconds));
  }

  async initialize(key: string, value: number): Promise<void> {
    await this.#run((client) => client.set(key, value, "NX"));
  }

  increment(key: string): Promise<number> {
    return this.#run((client) => client.incr(key));
  }

  async ping(): Promise<void> {
    await this.#run((client) => client.ping());
  }

  close(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.then(
      (client) => client.disconnect(),
      () => {},
    );
  }

  async #run<T>(command: (client: Redis) => Promise<T>): Promise<T> {
    if (this.#clock.now() < this.#disabledUntil)
      throw new CacheUnavailableError("The cache is disabled for some seconds after a failure");
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

  async #attempt<T>(command: (client: Redis) => Promise<T>): Promise<T> {
    const connection = this.#connection ?? this.#connect();
    this.#connection = connection;
    try {
      return await withDeadline(command(await connection), limits.command);
    } catch (error) {
      if (this.#connection === connection) this.close();
      throw error;
    }
  }

  #failed(cause: unknown): CacheUnavailableError {
    this.#disabledUntil = this.#clock.now() + limits.pause;
    return new CacheUnavailableError("The cache does not respond", { cause });
  }

  async #connect(): Promise<Redis> {
    const { endpoint, tls, iam } = this.#settings;
    const password = await this.#password();
    const client = new Redis({
      host: endpoint.host,
      port: endpoint.port,
      ...(tls ? { tls: { servername: endpoint.host } } : {}),
      ...(iam ? { username: iam.user } : {}),
      ...(password === undefined ? {} : { password }),
      lazyConnect: true,
      enableReadyCheck: false,
      // A new connection needs a new token, so this class opens it instead of the client.
      retryStrategy: () => null,
      maxRetriesPerRequest: 0,
    });
    // Without a listener, the client writes errors to the console; the failing command reports them.
    client.on("error", () => {});
    try {
      await withDeadline(client.connect(), limits.connect);
      return client;
    } catch (error) {
      client.disconnect();
      throw error;
    }
  }
}
