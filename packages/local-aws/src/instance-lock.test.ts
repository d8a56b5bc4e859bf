import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { findInstance, InstanceLock } from "./instance-lock.ts";

let directory: string;
const address = { port: 4566, token: "token" };

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "local-aws-lock-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

it("is held by one instance, reports it to a second one, and is free after release", () => {
  const lock = InstanceLock.acquire(directory, address);
  expect(() => InstanceLock.acquire(directory, address)).toThrow(
    expect.objectContaining({
      code: "INSTANCE_RUNNING",
      message: expect.stringContaining(`process id ${process.pid}`),
    }),
  );
  expect(findInstance(directory)).toMatchObject(address);
  lock.release();
  expect(findInstance(directory)).toBeUndefined();
  InstanceLock.acquire(directory, address).release();
});

it("replaces the lock of a killed instance, and an incomplete file", async () => {
  const script = `
    const { InstanceLock } = await import(${JSON.stringify(new URL("instance-lock.ts", import.meta.url).href)});
    InstanceLock.acquire(${JSON.stringify(directory)}, { port: 1, token: "t" });
    process.kill(process.pid, "SIGKILL");`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "ignore" });
  await once(child, "exit");
  expect(findInstance(directory)).toBeUndefined();
  InstanceLock.acquire(directory, address).release();

  writeFileSync(join(directory, "instance.json"), '{"pid": 1');
  InstanceLock.acquire(directory, address).release();
});
