import { createServer, type Server, type Socket } from "node:net";
import { createRedisCommandExecutor, RedisServerState, Resp2Server } from "js-redis-server/core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createRecorder } from "../tracing/testing/recorder.ts";
import { CacheUnavailableError } from "./cache-store.ts";
import { ValkeyStore } from "./valkey-store.ts";

let now = 0;
let sockets: Set<Socket>;
let server: Server;
let store: ValkeyStore;
let recorder: ReturnType<typeof createRecorder>;

const portOf = (listening: Server): number => {
  const address = listening.address();
  return address && typeof address === "object" ? address.port : 0;
};

const listen = (listening: Server, port = 0): Promise<void> =>
  new Promise((resolve) => listening.listen(port, "127.0.0.1", resolve));

/** A RESP server whose connections can be closed. */
async function startCache(port = 0): Promise<Server> {
  const state = new RedisServerState({ databaseCount: 1, requirepass: "token", compatibility: "valkey-8.0" });
  const executor = createRedisCommandExecutor({ compatibility: state.profile });
  const listening = new Resp2Server({ server: state, executor }).server;
  listening.on("connection", (socket: Socket) => sockets.add(socket));
  await listen(listening, port);
  return listening;
}

const closeConnections = (): void => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
};

beforeEach(async () => {
  now = 0;
  sockets = new Set();
  server = await startCache();
  const settings = { endpoint: { host: "127.0.0.1", port: portOf(server) }, tls: false, iam: undefined };
  recorder = createRecorder();
  store = new ValkeyStore(settings, async () => "token", { now: () => now }, recorder.tracer);
});

afterEach(() => {
  store.close();
  closeConnections();
  server.close();
});

it("stores text, initializes a number once and increments it", async () => {
  expect(await store.get("a")).toBeUndefined();
  await store.set("a", "é🎉", 60);
  expect(await store.get("a")).toBe("é🎉");
  await store.initialize("n", 41);
  await store.initialize("n", 7);
  expect(await store.increment("n")).toBe(42);
  await store.ping();
  expect(sockets.size).toBe(1);
});

it("is traced by its commands, without their keys and values", async () => {
  await store.set("hunter2", "hunter2", 60);
  await store.get("hunter2");
  expect(recorder.documents).toMatchObject([
    { name: "Valkey", namespace: "remote", annotations: { command: "SET" } },
    { name: "Valkey", annotations: { command: "GET" } },
  ]);
  expect(JSON.stringify(recorder.documents)).not.toContain("hunter2");
});

it("reconnects when its connection was closed while the sandbox was frozen", async () => {
  await store.set("a", "1", 60);
  closeConnections();
  expect(await store.get("a")).toBe("1");
});

it("fails immediately for 5 s after a failure, then reconnects", async () => {
  const port = portOf(server);
  await store.ping();
  closeConnections();
  await new Promise((resolve) => server.close(resolve));
  await expect(store.ping()).rejects.toThrow(CacheUnavailableError);
  server = await startCache(port);
  now = 4_999;
  await expect(store.ping()).rejects.toThrow("disabled");
  expect(recorder.documents).toHaveLength(2); // Of which the second failed.
  expect(recorder.documents[1]).toMatchObject({ fault: true });
  now = 5_000;
  await store.ping();
});

it("fails within a second when the server accepts the connection and does not respond", async () => {
  const silent = createServer((socket) => sockets.add(socket));
  await listen(silent);
  const settings = { endpoint: { host: "127.0.0.1", port: portOf(silent) }, tls: false, iam: undefined };
  const hanging = new ValkeyStore(settings, async () => "token", { now: () => now });
  const started = performance.now();
  await expect(hanging.ping()).rejects.toThrow(CacheUnavailableError);
  expect(performance.now() - started).toBeLessThan(1_000);
  closeConnections();
  silent.close();
});
