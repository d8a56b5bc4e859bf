import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import { readAccessKey } from "./access-key.ts";
import { AccessControl, type AccessKey } from "./aws/iam/access-control.ts";
import { rolePolicies } from "./aws/iam/role-policies.ts";
import { systemClock } from "./cloud/clock.ts";
import { Ports } from "./cloud/ports.ts";
import { Processes } from "./cloud/processes.ts";
import { Gateway } from "./gateway/server.ts";
import { InstanceLock } from "./instance-lock.ts";
import { ownRoutes } from "./own-routes.ts";
import { DataSources } from "./provider/data-sources.ts";
import { Identifiers } from "./provider/identifiers.ts";
import { Provider } from "./provider/provider.ts";
import { Records } from "./provider/records.ts";
import { Resources } from "./provider/resources.ts";
import { readSchema } from "./provider/schema/aws.ts";
import { type Attachment, ProviderServer } from "./provider/server.ts";
import { createServices } from "./services.ts";

/** AWS on this machine, as long as this process runs. */
export interface LocalAws {
  /** URL of every AWS API. */
  readonly endpoint: string;
  /** The developer's own key, allowed everything. */
  readonly accessKey: AccessKey;
  /** Opens a port to the provider for a Terraform that runs in `directory`. */
  attach(directory: string): Promise<Attachment>;
  bucketExists(name: string): boolean;
  /** Call after a deployment that ended well: see {@link Resources.sweepOrphans}. */
  settle(): Promise<void>;
  /** Starts a process that is ended at the next start if a `kill -9` leaves it behind. */
  readonly spawn: Processes["spawn"];
  stop(): Promise<void>;
}

/**
 * Starts everything that the data folder holds, in the order in which it was created.
 *
 * @throws InstanceRunningError when another process has the folder.
 */
export async function startLocalAws(directory: string): Promise<LocalAws> {
  const token = randomBytes(24).toString("base64url");
  const lock = InstanceLock.acquire(directory, { port: 0, token });
  const processes = new Processes(join(directory, "processes.jsonl"));
  await processes.sweep();
  const ports = new Ports(join(directory, "ports.jsonl"));
  const records = new Records(join(directory, "resources.jsonl"), randomUUID());
  const accessKey = readAccessKey(directory);
  const control = new AccessControl(accessKey, rolePolicies(records));
  const port = await ports.claim("gateway");
  const endpoint = `http://127.0.0.1:${port}`;
  const services = createServices({
    directory,
    access: { credentials: control.credentials, authorize: control.authorize, clock: systemClock },
    credentialsFor: control.credentialsFor,
    clock: systemClock,
    endpoint,
    ports,
    processes,
  });
  const { resources: handlers, dataSources, ephemerals } = services.terraform;
  const schema = readSchema();
  const identifiers = new Identifiers(randomHex, systemClock.now);
  const resources = new Resources(schema.resource_schemas, handlers, records, identifiers);
  const server = new ProviderServer();
  const data = new DataSources(schema.data_source_schemas, dataSources, records);
  const attach = (workingDirectory: string) => server.attach(workingDirectory);
  const gateway = new Gateway(services.apis, ownRoutes({ token, attach, faults: services.faults }));

  const stop = async (): Promise<void> => {
    server.stop();
    await gateway.close();
    await services.close();
    await processes.close();
    records.close();
    ports.close();
    lock.release();
  };
  try {
    await gateway.listen(port); // first: functions and databases may ask for secrets while they start
    await server.start(new Provider(schema, resources, data, ephemerals, server.directoryOf));
    await services.start();
    await resources.startAll();
    await services.resume();
    lock.announce(port);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    endpoint,
    accessKey,
    attach,
    bucketExists: services.bucketExists,
    settle: () => resources.sweepOrphans(),
    spawn: (command, args, options) => processes.spawn(command, args, options),
    stop,
  };
}

function randomHex(digits: number): string {
  return randomBytes(Math.ceil(digits / 2))
    .toString("hex")
    .slice(0, digits);
}
