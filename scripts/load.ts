import { parseArgs } from "node:util";
import { DescribeServicesCommand, ECSClient } from "@aws-sdk/client-ecs";
import { Measurement } from "../tools/load/measurement.ts";
import { findLocalEndpoints } from "../tools/local/local-endpoints.ts";

/**
 * `npm run load [-- <url>]`: asks for the display of the Sum system again and again, and shows how its service scales with the requests.
 *
 *   --rate <n>       requests a minute, 600 unless told; one copy of the service is meant for 75
 *   --minutes <n>    1 unless told; AWS takes three to notice, this machine 15 seconds
 *   --cluster <name> --service <name>   whose copies are counted, with the shell's credentials; known for the local deployment
 *
 * Without a URL it talks to the local deployment that runs.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rate: { type: "string", default: "600" },
    minutes: { type: "string", default: "1" },
    cluster: { type: "string", default: "nv-demo-sum" },
    service: { type: "string", default: "nv-demo-display" },
  },
});
const rate = Number(values.rate);
const minutes = Number(values.minutes);
if (!(rate > 0 && rate <= 60_000) || !(minutes > 0 && minutes <= 60)) {
  console.error("--rate takes 1 to 60000 requests a minute, --minutes up to 60");
  process.exit(2);
}

const local = positionals[0] === undefined ? await findLocalEndpoints() : undefined;
const base = positionals[0] ?? local?.sumUrl;
if (base === undefined) {
  console.error("No local deployment runs: start one with npm start, or give the URL of another.");
  process.exit(2);
}
const page = `${base.replace(/\/$/, "")}/display_service`;
const ecs = local ? localEcs(local.awsVariables) : new ECSClient({});

const MINUTE_MS = 60_000;
const REPORT_MS = 5_000;
const ANSWER_WITHIN_MS = 5_000;

console.log(`${rate} requests a minute to ${page} for ${minutes} min`);
const measurement = new Measurement();
const startedAt = performance.now();
const underWay = new Set<Promise<void>>();
const stopping = new AbortController();
process.once("SIGINT", () => stopping.abort());

const sender = setInterval(() => {
  const request = send().finally(() => underWay.delete(request));
  underWay.add(request);
}, MINUTE_MS / rate);
const reporter = setInterval(() => void report(), REPORT_MS);
await Promise.race([elapsed(minutes * MINUTE_MS), aborted(stopping.signal)]);
clearInterval(sender);
clearInterval(reporter);
await Promise.all(underWay);
await report();
const { totalSent, totalFailed } = measurement;
console.log(`${totalSent} requests, ${totalFailed} failed`);
process.exit(totalFailed === 0 ? 0 : 1);

async function send(): Promise<void> {
  const sentAt = performance.now();
  try {
    const response = await fetch(page, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    await response.arrayBuffer();
    measurement.add(response.ok ? performance.now() - sentAt : undefined);
  } catch {
    measurement.add(undefined);
  }
}

async function report(): Promise<void> {
  const { sent, failed, median, p99 } = measurement.take();
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  const milliseconds = (value: number) => `${value.toFixed(0).padStart(4)} ms`;
  console.log(
    [
      `${String(seconds).padStart(4)} s`,
      `${String(sent).padStart(5)} sent`,
      `${String(failed).padStart(4)} failed`,
      `median ${milliseconds(median)}`,
      `p99 ${milliseconds(p99)}`,
      await copies(),
    ].join("   "),
  );
}

async function copies(): Promise<string> {
  try {
    const { services = [] } = await ecs.send(
      new DescribeServicesCommand({ cluster: values.cluster, services: [values.service] }),
    );
    const [service] = services;
    if (!service) return `no service ${values.service}`;
    return `copies: ${service.runningCount} of ${service.desiredCount} wanted`;
  } catch (error) {
    return `copies unknown (${error instanceof Error ? error.name : "error"})`;
  }
}

function localEcs(variables: Readonly<Record<string, string>>): ECSClient {
  return new ECSClient({
    endpoint: variables.AWS_ENDPOINT_URL ?? "",
    region: variables.AWS_REGION ?? "",
    credentials: {
      accessKeyId: variables.AWS_ACCESS_KEY_ID ?? "",
      secretAccessKey: variables.AWS_SECRET_ACCESS_KEY ?? "",
    },
  });
}

function elapsed(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
