import { createHash, createHmac } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SignatureV4 } from "@smithy/signature-v4";
import { strToU8, zipSync } from "fflate";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openAccess, ServedService } from "../../gateway/testing/served-service.ts";
import type { Attributes } from "../../provider/resource.ts";
import { UNKNOWN } from "../../provider/unknown.ts";
import { systemClock } from "../../runtime/clock.ts";
import { Processes } from "../../runtime/processes.ts";
import { Synthetics } from "./synthetics.ts";

const ACCOUNT = { account: "000000000000", region: "us-east-1" };

let directory: string;
let processes: Processes;
let synthetics: Synthetics;
let served: ServedService;
let logged: string[];

async function open(): Promise<void> {
  processes = new Processes(join(directory, "processes.journal"));
  logged = [];
  synthetics = new Synthetics({
    directory: join(directory, "synthetics"),
    access: openAccess(),
    processes,
    logs: { write: (group, _stream, messages) => logged.push(...messages.map((message) => `${group} ${message}`)) },
    clock: systemClock,
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
});

afterEach(async () => {
  await close();
  rmSync(directory, { recursive: true, force: true });
});

function zip(script: string): Uint8Array {
  return zipSync({ "nodejs/node_modules/canary.js": strToU8(script) });
}

function attributes(script: string, changes: Attributes = {}): Attributes {
  const path = join(directory, "canary.zip");
  writeFileSync(path, zip(script));
  return {
    name: "walk",
    zip_file: path,
    handler: "canary.handler",
    runtime_version: "syn-nodejs-puppeteer-10.0",
    execution_role_arn: "arn:aws:iam::000000000000:role/walk",
    artifact_s3_location: "s3://bucket/canary",
    start_canary: false,
    schedule: [{ expression: "cron(0 12 * * ? *)", duration_in_seconds: null }],
    run_config: [{ timeout_in_seconds: 10, memory_in_mb: UNKNOWN, environment_variables: { NAME: "there" } }],
    ...changes,
  };
}

function handler() {
  const [found] = synthetics.terraform.resources ?? [];
  if (!found) throw new Error("no handler");
  return found;
}

async function deploy(planned: Attributes): Promise<Attributes> {
  const created = { ...(await handler().create?.(planned, { ...ACCOUNT, config: planned })), ...planned };
  await handler().start?.(created);
  return created;
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
    throw new Error("one digest each");
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

test("a run passes when the handler ends well, and its output is logged", async () => {
  const canary = await deploy(
    attributes(`exports.handler = async () => {
      console.log("hello " + process.env.NAME, process.env.AWS_ACCESS_KEY_ID, process.env.AWS_ENDPOINT_URL);
      setInterval(() => {}, 1000);
    };`),
  );
  expect((await synthetics.runNow("walk")).outcome).toEqual({ state: "PASSED" });
  const functionName = String(canary.engine_arn).split(":")[6];
  expect(functionName).toMatch(/^cwsyn-walk-[0-9a-f-]{36}$/);
  expect(logged).toContain(
    `/aws/lambda/${functionName} hello there key of arn:aws:iam::000000000000:role/walk http://127.0.0.1:1\n`,
  );
});

test.each([
  ["throws", `exports.handler = async () => { throw new Error("no answer"); };`, "Error: no answer"],
  ["does not load", `require("pg");`, "Cannot find module 'pg'"],
  ["exports no handler", `exports.other = 1;`, "canary exports no function handler."],
  ["exits", `exports.handler = async () => process.exit(3);`, "exit status 3"],
])("a run fails when the script %s", async (_, script, reason) => {
  await deploy(attributes(script));
  expect((await synthetics.runNow("walk")).outcome).toEqual(
    expect.objectContaining({ state: "FAILED", reason: expect.stringContaining(reason) }),
  );
});

test("a run ends after its time, even one that never yields", async () => {
  await deploy(attributes(`exports.handler = async () => { for (;;); };`, { run_config: [{ timeout_in_seconds: 3 }] }));
  expect((await synthetics.runNow("walk")).outcome).toEqual({
    state: "FAILED",
    reason: "The canary timed out after 3 seconds.",
    reasonCode: "EXECUTION_FAILURE",
  });
});

test("a script may lie in a bucket", async () => {
  await deploy(attributes("", { zip_file: null, s3_bucket: "scripts", s3_key: "walk.zip" }));
  await synthetics.runNow("walk");
  expect(logged.join("")).toContain("from scripts/walk.zip");
});

test("a canary started on rate(0 minute) runs once, and not again at the next start", async () => {
  const planned = attributes(`exports.handler = async () => {};`, {
    start_canary: true,
    schedule: [{ expression: "rate(0 minute)" }],
  });
  const canary = await deploy(planned);
  await vi.waitFor(() => expect(synthetics.runsOf("walk")).toHaveLength(1), { timeout: 5_000 });
  expect(handler().read?.(canary)).toEqual({ status: "STOPPED" });
  await close();
  rmSync(String(planned.zip_file)); // the zip was taken when the canary was created
  await open();
  await handler().start?.(canary);
  expect(synthetics.runsOf("walk")).toHaveLength(1);
  expect((await synthetics.runNow("walk")).outcome).toEqual({ state: "PASSED" });
});

test("a started canary runs at the times of its cron", async () => {
  vi.useFakeTimers({ now: Date.parse("2026-11-21T11:59:59Z"), toFake: ["Date", "setTimeout"] });
  try {
    await deploy(attributes(`exports.handler = async () => {};`, { start_canary: true }));
    expect(synthetics.stateOf("walk").status).toBe("RUNNING");
    vi.advanceTimersByTime(1_000);
  } finally {
    vi.useRealTimers();
  }
  await vi.waitFor(() => expect(synthetics.runsOf("walk")).toHaveLength(1), { timeout: 5_000 });
});

test("new code is run after an update", async () => {
  const prior = await deploy(attributes(`exports.handler = async () => console.log("old");`));
  const planned = { ...prior, ...attributes(`exports.handler = async () => console.log("new");`) };
  await handler().update?.(planned, prior, { ...ACCOUNT, config: planned });
  await handler().start?.(planned);
  await synthetics.runNow("walk");
  expect(logged.join("")).toContain("new");
});

test("the API starts, stops and shows canaries and their runs", async () => {
  await deploy(attributes(`exports.handler = async () => { throw new Error("no answer"); };`));
  expect(await call("POST", "/canary/walk/start")).toEqual({ status: 200, body: {} });
  expect(await call("POST", "/canary/walk/start")).toMatchObject({ status: 409 });
  await synthetics.runNow("walk");
  expect(await call("POST", "/canary/walk/runs", { MaxResults: 5 })).toMatchObject({
    body: {
      CanaryRuns: [
        {
          Name: "walk",
          Status: { State: "FAILED", StateReason: "Error: no answer", StateReasonCode: "CANARY_FAILURE" },
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

test("a deleted canary is gone with its runs", async () => {
  const canary = await deploy(attributes(`exports.handler = async () => {};`));
  await synthetics.runNow("walk");
  await handler().delete?.(canary);
  expect(handler().read?.(canary)).toBeNull();
  expect(synthetics.runsOf("walk")).toEqual([]);
  await expect(synthetics.runNow("walk")).rejects.toThrow("not found");
});

test("a wrong schedule and a missing zip are refused", async () => {
  await expect(deploy(attributes("", { schedule: [{ expression: "daily" }] }))).rejects.toThrow("daily");
  await expect(deploy({ ...attributes(""), zip_file: "/nowhere.zip" })).rejects.toThrow("/nowhere.zip does not exist");
});
