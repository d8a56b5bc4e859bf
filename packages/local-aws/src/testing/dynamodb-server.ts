import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDb } from "../aws/dynamodb/dynamodb.ts";
import { openAccess, ServedService } from "../gateway/testing/served-service.ts";
import { systemClock } from "../runtime/clock.ts";
import { Ports } from "../runtime/ports.ts";
import { Processes } from "../runtime/processes.ts";

/** DynamoDB without the rest of the local AWS. */
export interface DynamoDbServer {
  /** The configuration of an SDK client. */
  readonly client: ServedService["client"];
  /** Stops the server and removes its data. */
  remove(): Promise<void>;
}

/** Starts an empty DynamoDB in a temporary folder. */
export async function startDynamoDbServer(): Promise<DynamoDbServer> {
  const folder = mkdtempSync(join(tmpdir(), "dynamodb-"));
  const processes = new Processes(join(folder, "processes"));
  const ports = new Ports(join(folder, "ports"));
  const directory = join(folder, "data");
  const dynamodb = new DynamoDb({
    directory,
    access: openAccess(),
    clock: systemClock,
    processes,
    metrics: { put: () => {} },
    ports,
  });
  const served = await ServedService.start(dynamodb.service);
  return {
    client: served.client,
    remove: async () => {
      await served.stop();
      await dynamodb.stop();
      await processes.close();
      ports.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
