import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { AwsError } from "../../cloud/error.ts";
import type { Access } from "../../gateway/protocol.ts";
import type { Caller } from "../../gateway/service.ts";
import { S3 } from "./s3.ts";

/** For tests: a whole S3 behind a port of its own, in a temporary folder, with a clock that tests move and events that they read. */
export interface S3Harness {
  readonly s3: S3;
  readonly endpoint: string;
  readonly directory: string;
  readonly events: { readonly targetArn: string; readonly event: object }[];
  /** Milliseconds that the stand-in's clock is ahead of the system's. */
  ahead: number;
  /** While set, notifications are refused with it. */
  refusal: Error | undefined;
  /** What the role `reader` may do: pairs of action and ARN. Everyone else may do everything. */
  readonly allowed: Set<string>;
  client(options?: S3ClientConfig): S3Client;
  /** The same data in a new process, as it were. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** What the SDK throws for this error of S3. */
export const failure = (code: string, status: number) => ({ name: code, $metadata: { httpStatusCode: status } });

export const ROOT_KEYS = { accessKeyId: "AKIALOCAL", secretAccessKey: "local-secret" };
export const READER_KEYS = { accessKeyId: "ASIAREADER", secretAccessKey: "reader-secret", sessionToken: "session" };

const CALLERS: Readonly<Record<string, Caller>> = {
  [ROOT_KEYS.accessKeyId]: { kind: "root", arn: "arn:aws:iam::000000000000:root", accessKeyId: ROOT_KEYS.accessKeyId },
  [READER_KEYS.accessKeyId]: {
    kind: "role",
    arn: "arn:aws:sts::000000000000:assumed-role/reader/test",
    accessKeyId: READER_KEYS.accessKeyId,
    roleName: "reader",
  },
};

export async function s3Harness(directory = mkdtempSync(join(tmpdir(), "s3-"))): Promise<S3Harness> {
  const clients: S3Client[] = [];
  const clock = { now: () => Date.now() + harness.ahead };
  const make = () =>
    new S3({ directory, access: accessOf(harness, clock), notify: (...event) => take(harness, event), clock });
  const server = createServer((request, response) => void harness.s3.service.handle(request, response));
  const harness: { -readonly [Name in keyof S3Harness]: S3Harness[Name] } = {
    ...{ directory, endpoint: "", events: [], ahead: 0, refusal: undefined, allowed: new Set<string>() },
    s3: undefined as unknown as S3,
    client: (options) => {
      const client = new S3Client({
        ...{
          endpoint: harness.endpoint,
          region: "us-east-1",
          forcePathStyle: true,
          credentials: ROOT_KEYS,
          maxAttempts: 1,
        },
        ...options,
      });
      clients.push(client);
      return client;
    },
    restart: async () => {
      harness.s3.close();
      harness.s3 = make();
      harness.s3.start();
    },
    close: async () => {
      for (const client of clients) client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      harness.s3.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
  harness.s3 = make();
  harness.s3.start();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  harness.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return harness;
}

function accessOf(harness: S3Harness, clock: Access["clock"]): Access {
  const secrets = new Map([ROOT_KEYS, READER_KEYS].map((keys) => [keys.accessKeyId, keys]));
  return {
    // signatures are of now, whatever the stand-in's clock says
    clock: { now: () => clock.now() - harness.ahead },
    credentials: {
      find(accessKeyId) {
        const keys = secrets.get(accessKeyId);
        const caller = CALLERS[accessKeyId];
        return keys && caller && { ...keys, caller };
      },
    },
    authorize(caller, action, resource) {
      if (caller.kind === "root" || harness.allowed.has(`${action} ${resource}`)) return;
      throw new AwsError("AccessDenied", `${caller.arn} is not authorized to perform: ${action} on ${resource}`, 403);
    },
  };
}

async function take(harness: S3Harness, [targetArn, event]: readonly [string, object]): Promise<void> {
  if (harness.refusal) throw harness.refusal;
  harness.events.push({ targetArn, event });
}
