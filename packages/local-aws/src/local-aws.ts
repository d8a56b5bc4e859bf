import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import { readAccessKey } from "./access-key.ts";
import { type TerraformAttachment, terraformAttachment } from "./attach.ts";
import { AccessControl, type AccessKey } from "./aws/iam/access-control.ts";
import { rolePolicies } from "./aws/iam/role-policies.ts";
import { controlApi } from "./control-api.ts";
import { Dashboard, type DashboardContent, RequestLog } from "./dashboard/index.ts";
import { PORTS_FILE, PROCESSES_FILE, prepareDataFolder, RECORDS_FILE } from "./data-folder.ts";
import type { BuiltInFaults, Fault } from "./faults.ts";
import { Gateway } from "./gateway/server.ts";
import { Hosts, type LocalHost, type LocalHosts } from "./hosts.ts";
import { InstanceLock } from "./instance-lock.ts";
import { DataSources } from "./provider/data-sources.ts";
import { Identifiers } from "./provider/identifiers.ts";
import { Provider } from "./provider/provider.ts";
import { Records } from "./provider/records.ts";
import { ResourceLifecycle } from "./provider/resource-lifecycle.ts";
import { readSchema } from "./provider/schema/aws.ts";
import { ProviderServer } from "./provider/server.ts";
import { systemClock } from "./runtime/clock.ts";
import { Ports } from "./runtime/ports.ts";
import { Processes } from "./runtime/processes.ts";
import { Traffic, type TrafficObserver } from "./runtime/traffic.ts";
import { createServices } from "./services.ts";

/** A running local AWS, which this program started or which runs in another process. */
export interface LocalAws {
  /** URL of every AWS API. */
  readonly endpoint: string;
  /** The developer's access key. It is allowed every action. */
  readonly accessKey: AccessKey;
  /** Attaches the local provider to one Terraform process that runs in `directory`. */
  attach(directory: string): Promise<TerraformAttachment>;
  /** Deletes the resources of a killed run that are in no state. Call after a successful deployment. */
  removeOrphans(): Promise<void>;
  /** URL of the dashboard with the token of this run; undefined if there is no dashboard. */
  readonly dashboardUrl: string | undefined;
  /** The servers of {@link LocalAwsOptions.hosts}. */
  readonly hosts: LocalHosts;
  /** Replaces the project's content of the dashboard. Has no effect on an instance in another process. */
  setDashboard(content: DashboardContent): void;
  /** Starts a process. If it survives a `kill -9` of the local AWS, it is ended at the next start. */
  readonly spawn: Processes["spawn"];
  /** Stops the instance if this program started it. An instance in another process continues to run. */
  stop(): Promise<void>;
}

export interface LocalAwsOptions extends TrafficObserver {
  /**
   * Servers outside of AWS that run on this machine, by the `host:port` that programs connect to; see {@link Hosts}.
   */
  readonly hosts?: Readonly<Record<string, LocalHost>>;
  /** Returns the faults that the control API can inject, by name. */
  readonly faults?: (builtIn: BuiltInFaults) => Readonly<Record<string, Fault>>;
  /** The project's content of the dashboard. Without it, no dashboard is served. */
  readonly dashboard?: DashboardContent;
}

/**
 * Starts every resource in the data folder, in the order of creation.
 *
 * @param directory the data folder; created if it does not exist.
 * @throws InstanceRunningError when another process uses the folder; DataFolderError, DamagedFileError
 */
export async function startLocalAws(directory: string, options: LocalAwsOptions = {}): Promise<LocalAws> {
  const { hosts: servers = {}, faults = () => ({}), dashboard: content } = options;
  prepareDataFolder(directory);
  const token = randomBytes(24).toString("base64url");
  const lock = InstanceLock.acquire(directory, { port: 0, token });
  const processes = new Processes(join(directory, PROCESSES_FILE));
  await processes.sweep();
  const ports = new Ports(join(directory, PORTS_FILE));
  const records = new Records(join(directory, RECORDS_FILE), randomUUID());
  const accessKey = readAccessKey(directory);
  const hosts = new Hosts(servers, ports);
  const control = new AccessControl(accessKey, rolePolicies(records));
  const port = await ports.claim("gateway");
  const endpoint = `http://127.0.0.1:${port}`;
  const traffic = new Traffic();
  traffic.subscribe(options);
  const services = createServices({
    directory,
    access: { credentials: control.credentials, authorize: control.authorize, clock: systemClock },
    credentialsFor: control.credentialsFor,
    clock: systemClock,
    endpoint,
    ports,
    processes,
    traffic,
    localHosts: () => hosts.ports,
  });
  const { resources: handlers, dataSources, ephemerals } = services.terraform;
  const schema = readSchema();
  const identifiers = new Identifiers(randomHex, systemClock.now);
  const resources = new ResourceLifecycle(schema.resource_schemas, handlers, records, identifiers);
  const server = new ProviderServer();
  const data = new DataSources(schema.data_source_schemas, dataSources, records);
  const attach = (workingDirectory: string) => server.attach(workingDirectory);
  const gateway = new Gateway(services.apis, controlApi({ token, attach, faults: faults(services.faults) }));

  const dashboard =
    content &&
    new Dashboard({
      ...services.contents,
      content,
      records,
      schemas: schema.resource_schemas,
      clock: systemClock,
      requests: new RequestLog(traffic),
      secrets: () => [...services.contents.secrets.values(), accessKey.secretAccessKey, token],
    });

  const stop = async (): Promise<void> => {
    await dashboard?.close();
    server.stop();
    await gateway.close();
    await services.close();
    await hosts.close();
    await processes.close();
    records.close();
    ports.close();
    lock.release();
  };
  try {
    await gateway.listen(port); // First, because functions and databases may request secrets while they start.
    await services.listen();
    await server.start(new Provider(schema, resources, data, ephemerals, server.directoryOf));
    await hosts.start();
    await resources.startAll();
    await services.resume();
    await dashboard?.listen(await ports.claim("dashboard"));
    lock.announce({ port, dashboardUrl: dashboard?.url, hosts: hosts.ports });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    endpoint,
    accessKey,
    attach: async (workingDirectory) => terraformAttachment(await attach(workingDirectory)),
    removeOrphans: () => resources.removeOrphans(),
    dashboardUrl: dashboard?.url,
    hosts: hosts.ports,
    setDashboard: (next) => dashboard?.setContent(next),
    spawn: (command, args, options) => processes.spawn(command, args, options),
    stop,
  };
}

function randomHex(digits: number): string {
  return randomBytes(Math.ceil(digits / 2))
    .toString("hex")
    .slice(0, digits);
}
