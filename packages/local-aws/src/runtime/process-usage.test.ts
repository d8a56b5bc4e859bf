import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commandLine, processTree, processUsage } from "./process-usage.ts";

describe.skipIf(!existsSync("/proc/self"))("a process", () => {
  let child: ReturnType<typeof spawn>;
  const pid = () => child.pid ?? 0;

  beforeEach(() => {
    child = spawn("/bin/sh", ["-c", "while :; do :; done & sleep 60"], { detached: true });
  });
  afterEach(() => {
    process.kill(-pid(), "SIGKILL");
  });

  it("has its own processes", async () => {
    await expect.poll(() => processTree(pid()).map(commandLine)).toContain("sleep 60");
    expect(processTree(pid())[0]).toBe(pid());
  });

  it("has the CPU time and the memory of all of them", async () => {
    const usage = () => processUsage(processTree(pid()));
    await expect.poll(() => usage()?.cpuSeconds).toBeGreaterThan(0.1);
    expect(usage()?.residentBytes).toBeGreaterThan(100_000);
  });
});

it("has no usage after its end", () => {
  const noProcess = 2 ** 22 + 1; // Above the highest ID of Linux.
  expect(processTree(noProcess)).toEqual([]);
  expect(processUsage([noProcess])).toBeUndefined();
  expect(commandLine(noProcess)).toBe("");
});
