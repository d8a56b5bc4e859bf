import { createHash, createHmac } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SignatureV4 } from "@smithy/signature-v4";
import { strToU8, zipSync } from "fflate";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openAccess, ServedService } from "../../gateway/testing/served-service.ts";
import type { Attributes } from "../../provider/resource-handler.ts";
import { ManagedResources } from "../../provider/testing/managed-resources.ts";
import { arn } from "../../runtime/account.ts";
import { systemClock } from "../../runtime/clock.ts";
import { Processes } from "../../runtime/processes.ts";
import type { Sample } from "../cloudwatch/sampler.ts";
import { Synthetics } from "./synthetics.ts";

const CANARY = "aws_synthetics_canary";
const ROLE = arn("iam", "role/walk", "global");

let directory: string;
let processes: Processes;
let synthetics: Synthetics;
let served: ServedService;
let resources: ManagedResources;
let logged: string[];
let published: Sample[];

async function open(): Promise<void> {
  processes = new Processes(join(directory, "processes.journal"));
  logged = [];
  published = [];
  synthetics = new Synthetics({
    directory: join(directory, "synthetics"),
    access: openAccess(),
    processes,
    logs: { write: (group, _stream, messages) => logged.push(...messages.map((message) => `${group} ${message}`)) },
    clock: systemClock,
    metrics: { put: (namespace, dimensions, values) => void published.push({ namespace, dimensions, values }) },
    endpoint: () => "http://127.0.0.1:1",
    credentialsFor: (roleArn) => ({ accessKeyId: `key of ${roleArn}`, secretAccessKey: "s", sessionToken: "t" }),
    readObject: (bucket, key) => zip(`exports.handler = async () => console.log("from ${bucket}/${key}");`),
  });
  served = await ServedService.start(synthetics.service);
}

async function close(): Promise<void> {
  await served.stop();
  await synthetics.close();
  await processes.close();
}

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "synthetics-"));
  await open();
  resources = new ManagedResources(synthetics.terraform);
});

afterEach(async () => {
  resources.close();
  await close();
  rmSync(directory, { recursive: true, force: true });
});

function zip(script: string): Uint8Array {
  return zipSync({ "nodejs/node_modules/canary.js": strToU8(script) });
}

/** The configuration of a canary with the script in a zip file. */
function canary(script: string, changes: Attributes = {}): Attributes {
  const path = join(directory, "canary.zip");
  writeFileSync(path, zip(script));
  return {
    name: "walk",
    zip_file: path,
    handler: "canary.handler",
    runtime_version: "syn-nodejs-puppeteer-10.0",
    execution_role_arn: ROLE,
    artifact_s3_location: "s3://bucket/canary",
    schedule: [{ expression: "cron(0 12 * * ? *)" }],
    run_config: [{ timeout_in_seconds: 10, environment_variables: { NAME: "there" } }],
    ...changes,
  };
}

function create(script: string, changes?: Attributes): Promise<Attributes> {
  return resources.apply(CANARY, canary(script, changes));
}

class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", secret as string);
  }
  update(data: string | Uint8Array): void {
    this.#hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {
    throw new Error("A hash cannot be reset.");
  }
}

async function call(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const { hostname, port } = new URL(served.endpoint);
  const { credentials, region } = served.client;
  const signer = new SignatureV4({ credentials, region, service: "synthetics", sha256: Sha256 });
  const text = body === undefined ? "" : JSON.stringify(body);
  const request = await signer.sign({
    method,
    protocol: "http:",
    hostname,
    port: Number(port),
    path,
    headers: { host: `${hostname}:${port}`, "content-type": "application/json" },
    ...(text && { body: text }),
  });
  const { headers } = request;
  const response = await fetch(served.endpoint + path, { method, headers, ...(text && { body: text }) });
  return { status: response.status, body: await response.json() };
}

it("passes a run whose handler returns, and logs its output", async () => {
  const { engine_arn } = await create(`exports.handler = async () => {
    console.log("hello " + process.env.NAME, process.env.AWS_ACCESS_KEY_ID, process.env.AWS_ENDPOINT_URL);
    setInterval(() => {}, 1000);
  };`);
  expect((await synthetics.canaries.runNow("walk")).outcome).toEqual({ state: "PASSED" });
  expect(published).toMatchObject([
    {
      namespace: "CloudWatchSynthetics",
      dimensions: { CanaryName: "walk" },
      values: { SuccessPercent: 100, Failed: 0 },
    },
  ]);
  const functionName = String(engine_arn).split(":")[6];
  expect(functionName).toMatch(/^cwsyn-walk-[0-9a-f-]{36}$/);
  expect(logged).toContain(`/aws/lambda/${functionName} hello there key of ${ROLE} http://127.0.0.1:1\n`);
});

it.each([
  ["throws", `exports.handler = async () => { throw new Error("no response"); };`, "Error: no response"],
  ["does not load", `require("pg");`, "Cannot find module 'pg'"],
  ["exports no handler", `exports.other = 1;`, "canary exports no function handler."],
  ["exits", `exports.handler = async () => process.exit(3);`, "exit status 3"],
])("fails a run whose script %s", async (_, script, reason) => {
  await create(script);
  expect((await synthetics.canaries.runNow("walk")).outcome).toEqual(
    expect.objectContaining({ state: "FAILED", reason: expect.stringContaining(reason) }),
  );
});

it("ends a run after its timeout, even if the script blocks the event loop", async () => {
  await create(`exports.handler = async () => { for (;;); };`, { run_config: [{ timeout_in_seconds: 3 }] });
  expect((await synthetics.canaries.runNow("walk")).outcome).toEqual({
    state: "FAILED",
    reason: "The canary timed out after 3 seconds.",
    reasonCode: "EXECUTION_FAILURE",
  });
});

it("runs a script from a bucket", async () => {
  await create("", { zip_file: null, s3_bucket: "scripts", s3_key: "walk.zip" });
  await synthetics.canaries.runNow("walk");
  expect(logged.join("")).toContain("from scripts/walk.zip");
});

it("runs a canary on rate(0 minute) once, and not again after a restart", async () => {
  const config = canary(`exports.handler = async () => {};`, {
    start_canary: true,
    schedule: [{ expression: "rate(0 minute)" }],
  });
  const state = await resources.apply(CANARY, config);
  await expect.poll(() => synthetics.canaries.runsOf("walk")).toHaveLength(1);
  expect(await resources.read(CANARY, state)).toMatchObject({ status: "STOPPED" });
  await close();
  rmSync(String(config.zip_file)); // It was copied when the canary was created.
  await open();
  await resources.restart(synthetics.terraform);
  expect(synthetics.canaries.runsOf("walk")).toHaveLength(1);
  expect((await synthetics.canaries.runNow("walk")).outcome).toEqual({ state: "PASSED" });
});

it("changes the schedule, which Terraform detects and undoes", async () => {
  const state = await create(`exports.handler = async () => {};`, { start_canary: true });
  expect(await call("PATCH", "/canary/walk", { Schedule: { Expression: "often" } })).toMatchObject({ status: 400 });
  expect(await call("PATCH", "/canary/walk", { RunConfig: {} })).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining("does not update RunConfig") },
  });
  expect((await call("PATCH", "/canary/walk", { Schedule: { Expression: "rate(0 minute)" } })).status).toBe(200);
  expect(await call("GET", "/canary/walk")).toMatchObject({
    body: { Canary: { Schedule: { Expression: "rate(0 minute)" } } },
  });
  expect(await resources.read(CANARY, state)).toMatchObject({ schedule: [{ expression: "rate(0 minute)" }] });
  expect((await call("PATCH", "/canary/walk", { Schedule: { Expression: "cron(0 12 * * ? *)" } })).status).toBe(200);
  expect(await resources.read(CANARY, state)).toEqual(state);
  expect((await call("PATCH", "/canary/walk", { Schedule: { Expression: "rate(0 minute)" } })).status).toBe(200);
  expect((await call("POST", "/canary/walk/stop")).status).toBe(200);
  expect((await call("POST", "/canary/walk/start")).status).toBe(200);
  await expect.poll(() => synthetics.canaries.runsOf("walk")).toHaveLength(1);
  await resources.apply(CANARY, canary(`exports.handler = async () => {};`, { start_canary: true }), state);
  expect(synthetics.canaries.get("walk").expression).toBe("cron(0 12 * * ? *)");
});

it("runs a started canary on its cron schedule", async () => {
  vi.useFakeTimers({ now: Date.parse("2026-11-21T11:59:59Z"), toFake: ["Date", "setTimeout"] });
  try {
    await create(`exports.handler = async () => {};`, { start_canary: true });
    expect(synthetics.canaries.stateOf("walk").status).toBe("RUNNING");
    vi.advanceTimersByTime(1_000);
  } finally {
    vi.useRealTimers();
  }
  await expect.poll(() => synthetics.canaries.runsOf("walk")).toHaveLength(1);
});

it("runs new code after an update", async () => {
  const prior = await create(`exports.handler = async () => console.log("old");`);
  await resources.apply(CANARY, canary(`exports.handler = async () => console.log("new");`), prior);
  await synthetics.canaries.runNow("walk");
  expect(logged.join("")).toContain("new");
});

it("starts, stops and describes canaries and their runs through the API", async () => {
  await create(`exports.handler = async () => { throw new Error("no response"); };`);
  expect(await call("POST", "/canary/walk/start")).toEqual({ status: 200, body: {} });
  expect(await call("POST", "/canary/walk/start")).toMatchObject({ status: 409 });
  await synthetics.canaries.runNow("walk");
  expect(await call("POST", "/canary/walk/runs", { MaxResults: 5 })).toMatchObject({
    body: {
      CanaryRuns: [
        {
          Name: "walk",
          Status: { State: "FAILED", StateReason: "Error: no response", StateReasonCode: "CANARY_FAILURE" },
          Timeline: { Started: expect.any(Number) },
        },
      ],
    },
  });
  expect(await call("POST", "/canaries/last-run", {})).toMatchObject({
    body: { CanariesLastRun: [{ CanaryName: "walk", LastRun: { Status: { State: "FAILED" } } }] },
  });
  expect(await call("POST", "/canary/walk/stop")).toEqual({ status: 200, body: {} });
  expect(await call("POST", "/canaries", { Names: ["walk", "other"] })).toMatchObject({
    body: { Canaries: [{ Name: "walk", Status: { State: "STOPPED" }, RunConfig: { TimeoutInSeconds: 10 } }] },
  });
  expect(await call("GET", "/canary/other")).toMatchObject({ status: 404 });
});

it("deletes the runs with a canary", async () => {
  const state = await create(`exports.handler = async () => {};`);
  await synthetics.canaries.runNow("walk");
  await resources.delete(CANARY, state);
  expect(await resources.read(CANARY, state)).toBeNull();
  expect(synthetics.canaries.runsOf("walk")).toEqual([]);
  await expect(synthetics.canaries.runNow("walk")).rejects.toThrow("not found");
});

it("rejects an invalid schedule and a missing zip", async () => {
  await expect(create("", { schedule: [{ expression: "daily" }] })).rejects.toThrow("daily");
  await expect(create("", { zip_file: "/nowhere.zip" })).rejects.toThrow("/nowhere.zip does not exist");
});
