import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Processes, processStartTime } from "./processes.ts";

const SLEEP = ["-e", "setTimeout(() => {}, 60_000)"];
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "local-aws-processes-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

it("ends the processes of a killed instance, stopped ones included", async () => {
  const path = join(directory, "processes.jsonl");
  const killed = new Processes(path);
  const [running, frozen] = [killed.spawn(process.execPath, SLEEP), killed.spawn(process.execPath, SLEEP)];
  frozen.kill("SIGSTOP");

  await new Processes(path).sweep();
  for (const { pid = 0 } of [running, frozen]) expect(processStartTime(pid)).toBeUndefined();
});

it("does not end another process that has the same ID", async () => {
  const path = join(directory, "processes.jsonl");
  const processes = new Processes(path);
  const other = processes.spawn(process.execPath, SLEEP);
  const { Journal } = await import("./journal.ts");
  const journal = new Journal<object>(path);
  journal.set(String(other.pid), { pid: other.pid, startedAt: "1", signal: "SIGKILL" });
  journal.close();

  await new Processes(path).sweep();
  expect(processStartTime(other.pid ?? 0)).toBeDefined();
  await processes.close();
});

it("kills processes that were not stopped on close, and removes those that ended from its records", async () => {
  const path = join(directory, "processes.jsonl");
  const processes = new Processes(path);
  const ended = processes.spawn(process.execPath, ["-e", ""]);
  const left = processes.spawn(process.execPath, SLEEP);
  await expect.poll(() => ended.exitCode).toBe(0);
  await processes.close();
  expect(left.signalCode).toBe("SIGKILL");
});
