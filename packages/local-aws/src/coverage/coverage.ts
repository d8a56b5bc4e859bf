import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PORTS_FILE, PROCESSES_FILE } from "../data-folder.ts";
import type { ResourceHandler } from "../provider/resource-handler.ts";
import type { ProviderSchema } from "../provider/schema.ts";
import { systemClock } from "../runtime/clock.ts";
import { Ports } from "../runtime/ports.ts";
import { Processes } from "../runtime/processes.ts";
import { Traffic } from "../runtime/traffic.ts";
import { createServices, type Services } from "../services.ts";

/** What the local AWS implements. */
export interface Coverage {
  /** AWS action names by the name with which the SDKs sign for the service. */
  readonly actions: Readonly<Record<string, readonly string[]>>;
  readonly resourceTypes: {
    /** Types of which a part runs or stores data on this machine. */
    readonly live: readonly string[];
    /** Types that are planned, recorded, refreshed and imported, but exist only as records. */
    readonly recordedOnly: readonly string[];
  };
  readonly dataSources: {
    /** Types with a handler that computes the values. */
    readonly computed: readonly string[];
    /** Types that find recorded resources by their arguments. */
    readonly recordedOnly: readonly string[];
  };
  readonly ephemeralResources: readonly string[];
}

/** Determines the coverage from the services and the schema, without starting anything. */
export async function readCoverage(schema: ProviderSchema): Promise<Coverage> {
  const directory = mkdtempSync(join(tmpdir(), "local-aws-coverage-"));
  const ports = new Ports(join(directory, PORTS_FILE));
  const processes = new Processes(join(directory, PROCESSES_FILE));
  const services = createServices({
    directory,
    access: { credentials: { find: () => undefined }, authorize: () => {}, clock: systemClock },
    credentialsFor: () => {
      throw new Error("No program runs while the coverage is read.");
    },
    clock: systemClock,
    endpoint: "http://127.0.0.1:0",
    ports,
    processes,
    traffic: new Traffic(),
    localHosts: () => ({}),
  });
  try {
    return coverageOf(services, schema);
  } finally {
    await services.close();
    await processes.close();
    ports.close();
    rmSync(directory, { recursive: true });
  }
}

function coverageOf({ apis, terraform }: Services, schema: ProviderSchema): Coverage {
  const live = new Set(terraform.resources.filter(isLive).map(({ type }) => type));
  const computed = new Set(terraform.dataSources.map(({ type }) => type));
  const resourceTypes = Object.keys(schema.resource_schemas).sort();
  const dataSources = Object.keys(schema.data_source_schemas).sort();
  return {
    actions: Object.fromEntries(
      apis.map(({ signingName, actions }) => [signingName, actions] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    resourceTypes: {
      live: resourceTypes.filter((type) => live.has(type)),
      recordedOnly: resourceTypes.filter((type) => !live.has(type)),
    },
    dataSources: {
      computed: dataSources.filter((type) => computed.has(type)),
      recordedOnly: dataSources.filter((type) => !computed.has(type)),
    },
    ephemeralResources: terraform.ephemerals.map(({ type }) => type).sort(),
  };
}

/** A handler that only plans or computes values runs and stores nothing. */
function isLive({ start, read, update, delete: remove }: ResourceHandler): boolean {
  return [start, read, update, remove].some((member) => member !== undefined);
}
