import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Clock, systemClock } from "../../runtime/clock.ts";
import type { Access } from "../protocol.ts";
import type { AwsService, Caller } from "../service.ts";

/** The only access key that {@link openAccess} accepts. */
export const CREDENTIALS = { accessKeyId: "test", secretAccessKey: "secret" };
const ROOT: Caller = { kind: "root", arn: "arn:aws:iam::000000000000:root", accessKeyId: CREDENTIALS.accessKeyId };

/** Allows {@link CREDENTIALS} every action. */
export function openAccess(clock: Clock = systemClock): Access {
  return {
    credentials: {
      find: (id) =>
        id === CREDENTIALS.accessKeyId ? { secretAccessKey: CREDENTIALS.secretAccessKey, caller: ROOT } : undefined,
    },
    authorize: () => {},
    clock,
  };
}

/** One service on a free port, for SDK clients in tests. */
export class ServedService {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(service: Pick<AwsService, "signingName" | "handle">): Promise<ServedService> {
    const server = createServer(
      { keepAliveTimeout: 60_000 },
      (request, response) => void service.handle(request, response),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new ServedService(server);
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The configuration of an SDK client for the service. */
  get client() {
    return {
      endpoint: this.endpoint,
      region: "us-east-1",
      credentials: CREDENTIALS,
      maxAttempts: 1,
    };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
