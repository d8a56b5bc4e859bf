import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Processes, processStartTime } from "./processes.ts";

const SLEEP = ["-e", "setTimeout(() => {}, 60_000)"];
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "nv-demo-processes-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

it("ends what an instance that was killed left behind, frozen or not", async () => {
  const path = join(directory, "processes.jsonl");
  const killed = new Processes(path);
  const [running, frozen] = [killed.spawn(process.execPath, SLEEP), killed.spawn(process.execPath, SLEEP)];
  frozen.kill("SIGSTOP");

  await new Processes(path).sweep();
  for (const { pid = 0 } of [running, frozen]) expect(processStartTime(pid)).toBeUndefined();
});

it("leaves a stranger alone that got the same process id", async () => {
  const path = join(directory, "processes.jsonl");
  const processes = new Processes(path);
  const stranger = processes.spawn(process.execPath, SLEEP);
  const { Journal } = await import("./journal.ts");
  const journal = new Journal<object>(path);
  journal.set(String(stranger.pid), { pid: stranger.pid, startedAt: "1", signal: "SIGKILL" });
  journal.close();

  await new Processes(path).sweep();
  expect(processStartTime(stranger.pid ?? 0)).toBeDefined();
  await processes.close();
});

it("kills on close what its owner did not stop, and forgets what ended by itself", async () => {
  const path = join(directory, "processes.jsonl");
  const processes = new Processes(path);
  const ended = processes.spawn(process.execPath, ["-e", ""]);
  const left = processes.spawn(process.execPath, SLEEP);
  await vi.waitFor(() => expect(ended.exitCode).toBe(0), { timeout: 10_000 });
  await processes.close();
  expect(left.signalCode).toBe("SIGKILL");
});
