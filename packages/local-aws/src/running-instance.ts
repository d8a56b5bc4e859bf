import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readAccessKey } from "./access-key.ts";
import { attachToRunning } from "./attach.ts";
import type { AccessKey } from "./aws/iam/access-control.ts";
import { RECORDS_FILE } from "./data-folder.ts";
import type { LocalHosts } from "./hosts.ts";
import { findInstance } from "./instance-lock.ts";
import { type LocalAws, type LocalAwsOptions, startLocalAws } from "./local-aws.ts";

/** An instance that uses a data folder, in this process or another one. */
export interface RunningLocalAws {
  readonly pid: number;
  /** URL of every AWS API; undefined while the instance is starting. */
  readonly endpoint: string | undefined;
  readonly accessKey: AccessKey;
  /** URL of the dashboard with its token; undefined while the instance is starting or if there is no dashboard. */
  readonly dashboardUrl: string | undefined;
  /** The servers outside of AWS; empty while the instance is starting. */
  readonly hosts: LocalHosts;
}

/** Whether a local AWS was ever started on the data folder. */
export function hasLocalAws(directory: string): boolean {
  return existsSync(join(directory, RECORDS_FILE));
}

/** Finds the instance that uses the data folder, if there is one. */
export function findLocalAws(directory: string): RunningLocalAws | undefined {
  const instance = findInstance(directory);
  if (!instance) return undefined;
  const endpoint = instance.port === 0 ? undefined : endpointOf(instance.port);
  const { pid, dashboardUrl, hosts = {} } = instance;
  return { pid, endpoint, accessKey: readAccessKey(directory), dashboardUrl, hosts };
}

/** Connects to the instance that uses the data folder; undefined when none does or while it is starting. */
export function connectLocalAws(directory: string): LocalAws | undefined {
  const instance = findInstance(directory);
  if (!instance || instance.port === 0) return undefined;
  return {
    endpoint: endpointOf(instance.port),
    accessKey: readAccessKey(directory),
    attach: (workingDirectory) => attachToRunning(instance, workingDirectory),
    removeOrphans: async () => {}, // The process that runs the instance does this after its own deployments.
    dashboardUrl: instance.dashboardUrl,
    hosts: instance.hosts ?? {},
    setDashboard: () => {}, // The process that runs the instance does this.
    spawn,
    stop: async () => {},
  };
}

/**
 * Connects to the instance that uses the data folder, or starts one that runs until it is stopped.
 *
 * @throws InstanceRunningError while another process is starting one.
 */
export async function openLocalAws(directory: string, options: LocalAwsOptions = {}): Promise<LocalAws> {
  return connectLocalAws(directory) ?? (await startLocalAws(directory, options));
}

function endpointOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}
