import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Ports } from "./ports.ts";

let directory: string;
let path: string;
const servers: Server[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "local-aws-ports-"));
  path = join(directory, "ports.jsonl");
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  rmSync(directory, { recursive: true });
});

function occupy(port: number): Promise<void> {
  const server = createServer();
  servers.push(server);
  return new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
}

it("assigns every name its own port, and the same one after a restart", async () => {
  const first = new Ports(path);
  const [gateway, database] = [await first.claim("gateway"), await first.claim("database")];
  expect(gateway).not.toBe(database);
  first.close();
  const second = new Ports(path);
  expect(await second.claim("database")).toBe(database);
  expect(await second.claim("gateway")).toBe(gateway);
  second.close();
});

it("assigns another port when a different program listens on the previous one", async () => {
  const first = new Ports(path);
  const port = await first.claim("gateway");
  first.close();
  await occupy(port);
  const second = new Ports(path);
  const other = await second.claim("gateway");
  expect(other).not.toBe(port);
  second.close();
  const third = new Ports(path);
  expect(await third.claim("gateway")).toBe(other);
  third.close();
});
