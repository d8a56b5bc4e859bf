import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { processesWith } from "../support/processes.ts";
import { RunningCommand } from "../support/running-command.ts";
import { target } from "../support/target.ts";

/** Signals are sent to npm only, or to the whole group like Ctrl-C in a terminal. npm ignores its own SIGINT. */
const PHASES: readonly [string, RegExp, NodeJS.Signals, { group: boolean }][] = [
  ["starting", /Starting the local AWS/, "SIGTERM", { group: false }],
  ["bundling", /Bundling the services/, "SIGINT", { group: true }],
  ["synthesizing", /Synthesizing the stacks/, "SIGTERM", { group: true }],
  ["creating the state bucket", /Synthesized 22 stacks/, "SIGINT", { group: true }],
  ["deploying", /^ +state-bucket .* in /m, "SIGTERM", { group: false }],
];

/** Uses a separate data folder, because it interrupts the deployment. The tests continue each other's deployment. */
describe.skipIf(target.kind !== "local")("npm start", () => {
  const data = mkdtempSync(join(tmpdir(), "nv-demo-start-"));
  let command: RunningCommand | undefined;
  const start = (...options: readonly string[]) => {
    const separator = options.length > 0 ? ["--"] : [];
    command = new RunningCommand("npm", ["start", "--silent", ...separator, ...options], { NV_DEMO_DATA: data });
    return command;
  };
  const remaining = () => [...(command?.remaining() ?? []), ...processesWith(data)];

  afterEach(() => command?.dispose());
  afterAll(() => rmSync(data, { recursive: true, force: true }));

  it.each(PHASES)(
    "ends when it is interrupted while %s, and leaves no process",
    async (_, pattern, signal, options) => {
      const running = start();
      await running.printed(pattern);
      expect(await running.signal(signal, options)).toBeOneOf([130, 143]);
      await expect.poll(remaining).toEqual([]);
      expect(running.output).toContain("nterrupted");
      expect(running.output).not.toMatch(/failed|halted|Error/);
    },
  );

  it("ends with the address, user and password within 15 lines, and prints requests", {
    timeout: 180_000,
  }, async () => {
    const running = start();
    await running.printed(/Password +\S+\n/);
    const total = /^(\d+) resources in 22 stacks, .*: \d+ added/m.exec(running.output);
    expect(Number(total?.[1]), running.output).toBeGreaterThan(400);
    const lines = running.stdout.trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(15);
    expect(lines.slice(-3).map((line) => line.trim().split(/ +/)[0])).toEqual(["Files", "User", "Password"]);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);

    const address = /Files +(\S+)/.exec(running.stdout)?.[1];
    expect((await fetch(`${address}/api/list`)).status).toBe(401);
    await running.printed(/401 +\d+ ms {2}GET +\/api\/list {2}API Gateway/);
    expect(await running.signal("SIGINT", { group: true })).toBeOneOf([0, 130]);
    await expect.poll(remaining).toEqual([]);
  });

  it("prints no requests with --quiet, and counts unchanged resources", async () => {
    const running = start("--quiet");
    await running.printed(/Password +\S+\n/);
    // A commit since the last start changes the bundle that contains it.
    expect(running.output).toMatch(/resources in 22 stacks, .*: (no changes|.* unchanged)/);
    const before = running.stdout;
    const address = /Files +(\S+)/.exec(running.stdout)?.[1];
    expect((await fetch(`${address}/api/list`)).status).toBe(401);
    await running.signal("SIGINT", { group: true });
    expect(running.stdout.replace("Stopping …\n", "")).toBe(before);
    await expect.poll(remaining).toEqual([]);
  });
});

describe("npm run bench", () => {
  let command: RunningCommand | undefined;
  afterEach(() => command?.dispose());

  it.each([
    ["a synthesis", /An empty Node.js process takes/],
    ["a start", /synthesis, services unchanged/],
  ])("ends when it is interrupted during %s, and leaves no process", { timeout: 180_000 }, async (_, pattern) => {
    command = new RunningCommand("npm", ["run", "--silent", "bench"]);
    await command.printed(pattern);
    expect(await command.signal("SIGTERM")).toBe(143);
    await expect.poll(() => command?.remaining()).toEqual([]);
  });
});
