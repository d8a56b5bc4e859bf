import { DescribeServicesCommand, ECSClient } from "@aws-sdk/client-ecs";
import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { environmentData } from "../../stacks/environment/environments.ts";
import { noLocalDeployment } from "../aws/open-aws.ts";
import { CommandError, UsageError } from "../command-line/errors.ts";
import { findLocalEndpoints, type LocalEndpoints } from "../local/local-endpoints.ts";
import { Measurement } from "./measurement.ts";

const MINUTE_MS = 60_000;
const REPORT_INTERVAL_MS = 5_000;
const TIMEOUT_MS = 5_000;

export interface LoadOptions {
  /** Requests per minute. */
  readonly rate: number;
  readonly minutes: number;
  /** Names of the ECS cluster and service whose tasks are counted; default: those of the environment. */
  readonly cluster: string | undefined;
  readonly service: string | undefined;
}

interface LoadTarget {
  /** The page that is requested. */
  readonly page: string;
  /** Describes how many tasks of the service are running. */
  describeTasks(): Promise<string>;
}

/**
 * Sends requests to the Sum system at a constant rate. Every five seconds, prints their results and the number of
 * running tasks.
 *
 * @param url default: the running local deployment.
 * @returns the exit code: 1 when a request failed.
 */
export async function generateLoad(
  environment: EnvironmentName,
  url: string | undefined,
  options: LoadOptions,
): Promise<number> {
  const { rate, minutes } = options;
  const target = await openTarget(environment, url, options);
  await requirePage(target.page);
  console.log(`${rate} requests per minute to ${target.page} for ${minutes} min`);
  const measurement = new Measurement();
  const startedAt = performance.now();
  const report = async () => console.log(await reportLine(measurement, startedAt, target));
  const pending = new Set<Promise<void>>();
  const sender = setInterval(() => {
    const request = send(target.page, measurement).finally(() => pending.delete(request));
    pending.add(request);
  }, MINUTE_MS / rate);
  const reporter = setInterval(() => void report(), REPORT_INTERVAL_MS);
  await elapsedOrInterrupted(minutes * MINUTE_MS);
  clearInterval(sender);
  clearInterval(reporter);
  await Promise.all(pending);
  await report();
  console.log(`${measurement.totalSent} requests, ${measurement.totalFailed} failed`);
  return measurement.totalFailed === 0 ? 0 : 1;
}

async function openTarget(
  environment: EnvironmentName,
  url: string | undefined,
  { cluster, service }: LoadOptions,
): Promise<LoadTarget> {
  const { prefix, region } = environmentData(environment);
  const local = url === undefined ? await localEndpoints(environment) : undefined;
  const ecs = local ? localClient(local.awsVariables) : new ECSClient(environment === "local" ? {} : { region });
  const names = { cluster: cluster ?? `${prefix}-sum`, service: service ?? `${prefix}-display` };
  return {
    page: `${(url ?? local?.sumUrl ?? "").replace(/\/$/, "")}/display_service`,
    describeTasks: () => describeTasks(ecs, names),
  };
}

async function localEndpoints(environment: EnvironmentName): Promise<LocalEndpoints> {
  if (environment !== "local") {
    throw new UsageError(`Missing argument <url>. Print it: npm run output -- ${environment} sum url`);
  }
  const local = await findLocalEndpoints();
  if (!local) throw noLocalDeployment();
  if (local.sumUrl) return local;
  throw new UsageError("The local deployment has no Sum system: deploy it with npm start, or specify a URL.");
}

/** The URL is not that of a Sum system. */
class LoadTargetError extends CommandError {
  override readonly name = "LoadTargetError";
  readonly code = "LOAD_TARGET";
}

/** Requests the page once, so that a wrong URL does not produce a minute of failures. @throws LoadTargetError */
async function requirePage(page: string): Promise<void> {
  const response = await fetch(page, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((error: Error) => {
    if (error.name !== "TimeoutError") throw error;
    throw new LoadTargetError(`${page} does not respond within ${TIMEOUT_MS / 1_000} s.`);
  });
  await response.arrayBuffer();
  if (response.status < 400 || response.status >= 500) return;
  throw new LoadTargetError(
    `${page} responds with ${response.status}: it is not a Sum system. Print its address with npm run info`,
  );
}

async function send(page: string, measurement: Measurement): Promise<void> {
  const sentAt = performance.now();
  try {
    const response = await fetch(page, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    await response.arrayBuffer();
    measurement.add(response.ok ? performance.now() - sentAt : undefined);
  } catch {
    measurement.add(undefined);
  }
}

async function reportLine(measurement: Measurement, startedAt: number, target: LoadTarget): Promise<string> {
  const { sent, failed, median, p99 } = measurement.take();
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  const milliseconds = (value: number) => `${value.toFixed(0).padStart(4)} ms`;
  return [
    `${String(seconds).padStart(4)} s`,
    `${String(sent).padStart(5)} sent`,
    `${String(failed).padStart(4)} failed`,
    `median ${milliseconds(median)}`,
    `p99 ${milliseconds(p99)}`,
    await target.describeTasks(),
  ].join("   ");
}

async function describeTasks(
  ecs: ECSClient,
  { cluster, service }: { readonly cluster: string; readonly service: string },
): Promise<string> {
  try {
    const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
    const [found] = services;
    if (!found) return `no service ${service}`;
    return `tasks: ${found.runningCount} of ${found.desiredCount} desired`;
  } catch (error) {
    return `tasks: unknown (${error instanceof Error ? error.name : "error"})`;
  }
}

function localClient(variables: Readonly<Record<string, string>>): ECSClient {
  return new ECSClient({
    endpoint: variables.AWS_ENDPOINT_URL ?? "",
    region: variables.AWS_REGION ?? "",
    credentials: {
      accessKeyId: variables.AWS_ACCESS_KEY_ID ?? "",
      secretAccessKey: variables.AWS_SECRET_ACCESS_KEY ?? "",
    },
  });
}

function elapsedOrInterrupted(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
    process.once("SIGINT", () => resolve());
  });
}
