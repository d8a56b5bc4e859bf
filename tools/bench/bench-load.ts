import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type ServiceName, services } from "../../services/services.ts";
import { bundleLimits } from "../bundle/bundle-limits.ts";
import { compile } from "../bundle/bundle-services.ts";
import { readBuildInfo } from "../bundle/read-build-info.ts";
import { serviceEnvironment } from "../bundle/testing/service-environment.ts";
import { ROOT } from "../paths/root.ts";
import { measure } from "./measure.ts";

const RUNS = 15;

/** Milliseconds by which `api` may take longer to load than an empty Node.js process. */
const API_GOAL = 30;

/** Loads that are compared, besides the functions. */
const EMPTY = "an empty process";
const SDK = "api's clients by the AWS SDK";

interface Program {
  readonly name: string;
  /** Undefined for an empty process. */
  readonly path: string | undefined;
  /** Bytes. */
  readonly size: number;
  readonly limit?: number | undefined;
  readonly times: number[];
}

/**
 * Measures how long each function takes to load, in milliseconds more than an empty Node.js process. The programs are
 * loaded in turn, so that other work of the machine affects all of them. Node.js keeps no compiled code between the
 * runs, as there is none in a new sandbox of Lambda.
 *
 * @returns whether `api` meets its goal, by the fastest of its runs
 */
export async function benchLoad(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "nv-demo-bench-"));
  try {
    const programs = await compileAll(folder);
    for (let run = 0; run < RUNS; run += 1) {
      for (const { path, times } of programs) times.push(await load(path));
    }
    const empty = programs.find(({ name }) => name === EMPTY)?.times ?? [];
    console.log(`The load of the functions, in ms more than that of ${EMPTY} (${Math.min(...empty).toFixed(0)} ms):\n`);
    console.log(row(["", "fastest", "median", "program", "limit"]));
    for (const { name, times, size, limit } of programs.filter(({ path }) => path !== undefined)) {
      const [fastest, middle] = [Math.min(...times) - Math.min(...empty), median(times) - median(empty)];
      console.log(row([name, fastest.toFixed(0), middle.toFixed(0), kilobytes(size), limit ? kilobytes(limit) : ""]));
    }
    const api = programs.find(({ name }) => name === "api")?.times ?? [];
    return Math.min(...api) - Math.min(...empty) <= API_GOAL;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compileAll(folder: string): Promise<Program[]> {
  const write = (name: string, program: Uint8Array, format: "cjs" | "esm", limit?: number): Program => {
    const path = join(folder, `${name.replaceAll(/\W+/g, "-")}.${format === "cjs" ? "cjs" : "mjs"}`);
    writeFileSync(path, program);
    return { name, path, size: program.byteLength, limit, times: [] };
  };
  const programs: Program[] = [{ name: EMPTY, path: undefined, size: 0, times: [] }];
  const build = await readBuildInfo(ROOT);
  for (const [name, { bytes }] of bundleLimits) {
    const service = services[name satisfies ServiceName];
    const { program } = await compile("includesBuildInfo" in service ? { ...service, build } : service);
    programs.push(write(name, program, service.format, bytes));
  }
  const baseline = { ...services.api, entry: "tools/bench/baseline/api-with-sdk.ts" };
  programs.push(write(SDK, (await compile(baseline)).program, baseline.format));
  return programs;
}

async function load(path: string | undefined): Promise<number> {
  const script = path === undefined ? "0" : `await import(${JSON.stringify(pathToFileURL(path).href)})`;
  const variables = { ...serviceEnvironment, NODE_DISABLE_COMPILE_CACHE: "1", NODE_OPTIONS: "" };
  // A function that has loaded may wait for events; the process ends when it has loaded.
  const args = ["--input-type=module", "-e", `${script}; process.exit()`];
  return 1_000 * (await measure({ program: process.execPath, args, variables }));
}

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

const kilobytes = (bytes: number): string => `${(bytes / 1_000).toFixed(0)} kB`;

const row = ([name = "", ...cells]: readonly string[]): string =>
  `${name.padEnd(30)}${cells.map((cell) => cell.padStart(10)).join("")}`;
