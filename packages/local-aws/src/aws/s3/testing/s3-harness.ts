import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import type { Access } from "../../../gateway/protocol.ts";
import type { Caller } from "../../../gateway/service.ts";
import { arn, REGION } from "../../../runtime/account.ts";
import { systemClock } from "../../../runtime/clock.ts";
import { AwsError } from "../../../runtime/error.ts";
import { S3 } from "../s3.ts";

/** Matches the exception of the SDK for an error code of S3. */
export const failure = (code: string, status: number) => ({ name: code, $metadata: { httpStatusCode: status } });

export const ROOT_KEYS = { accessKeyId: "AKIALOCAL", secretAccessKey: "local-secret" };
export const READER_KEYS = { accessKeyId: "ASIAREADER", secretAccessKey: "reader-secret", sessionToken: "session" };

const CALLERS: Readonly<Record<string, Caller>> = {
  [ROOT_KEYS.accessKeyId]: { kind: "root", arn: arn("iam", "root", "global"), accessKeyId: ROOT_KEYS.accessKeyId },
  [READER_KEYS.accessKeyId]: {
    kind: "role",
    arn: arn("sts", "assumed-role/reader/test", "global"),
    accessKeyId: READER_KEYS.accessKeyId,
    roleName: "reader",
  },
};

/** For tests: S3 on its own port with data in a temporary folder, an adjustable clock and recorded events. */
export class S3Harness {
  s3: S3;
  readonly events: { readonly targetArn: string; readonly event: object; readonly traceHeader?: string | undefined }[] =
    [];
  /** Milliseconds by which the clock of S3 is ahead of the system clock. */
  clockOffset = 0;
  /** While set, the delivery of events fails with this error. */
  deliveryError: Error | undefined;
  /** The permissions of the role of {@link READER_KEYS}: `<action> <ARN>`. The root user may do everything. */
  readonly allowed = new Set<string>();
  readonly #directory: string;
  readonly #server: Server;
  readonly #clients: S3Client[] = [];

  constructor(directory: string) {
    this.#directory = directory;
    this.s3 = this.#run();
    this.#server = createServer(
      { keepAliveTimeout: 60_000 },
      (request, response) => void this.s3.service.handle(request, response),
    );
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  client(options: S3ClientConfig = {}): S3Client {
    const address = { endpoint: this.endpoint, region: REGION, forcePathStyle: true };
    const client = new S3Client({ ...address, credentials: ROOT_KEYS, maxAttempts: 1, ...options });
    this.#clients.push(client);
    return client;
  }

  /** Simulates a restart of the process with the same data. */
  restart(): void {
    this.s3.close();
    this.s3 = this.#run();
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.destroy();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    this.s3.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #run(): S3 {
    const s3 = new S3({
      directory: this.#directory,
      access: this.#access(),
      clock: { now: () => Date.now() + this.clockOffset },
      notify: (targetArn, event, traceHeader) => {
        if (this.deliveryError) throw this.deliveryError;
        this.events.push({ targetArn, event, traceHeader });
      },
    });
    s3.start();
    return s3;
  }

  #access(): Access {
    const secrets = new Map([ROOT_KEYS, READER_KEYS].map((keys) => [keys.accessKeyId, keys]));
    return {
      clock: systemClock, // Clients sign with the system time.
      credentials: {
        find(accessKeyId) {
          const keys = secrets.get(accessKeyId);
          const caller = CALLERS[accessKeyId];
          return keys && caller && { ...keys, caller };
        },
      },
      authorize: (caller, action, resource) => {
        if (caller.kind === "root" || this.allowed.has(`${action} ${resource}`)) return;
        throw new AwsError("AccessDenied", `${caller.arn} is not authorized to perform: ${action} on ${resource}`, 403);
      },
    };
  }
}

/** Starts a harness. */
export async function s3Harness(directory = mkdtempSync(join(tmpdir(), "s3-"))): Promise<S3Harness> {
  const harness = new S3Harness(directory);
  await harness.listen();
  return harness;
}
