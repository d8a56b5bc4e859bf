import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ProtocolError, RespError } from "./resp.ts";
import { ConnectionClosedError, ValkeyConnection } from "./valkey-connection.ts";

let server: Server;
let peer: Promise<Socket>;
let connection: ValkeyConnection;

beforeEach(async () => {
  server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  peer = once(server, "connection").then(([socket]) => socket as Socket);
  const address = server.address();
  const port = address && typeof address === "object" ? address.port : 0;
  connection = new ValkeyConnection({ endpoint: { host: "127.0.0.1", port }, tls: false, iam: undefined });
});
afterEach(async () => {
  connection.close();
  server.close();
});

it("sends commands without waiting and matches the replies by their order", async () => {
  const replies = Promise.allSettled(
    [
      ["GET", "a"],
      ["INCR", "b"],
      ["GET", "c"],
    ].map((each) => connection.send(each)),
  );
  const socket = await peer;
  let received = "";
  while (!received.endsWith("c\r\n")) received += String((await once(socket, "data"))[0]);
  expect(received).toBe("*2\r\n$3\r\nGET\r\n$1\r\na\r\n*2\r\n$4\r\nINCR\r\n$1\r\nb\r\n*2\r\n$3\r\nGET\r\n$1\r\nc\r\n");
  socket.write("$1\r\nx\r\n-ERR not an integer\r\n$-1\r\n");
  expect(await replies).toEqual([
    { status: "fulfilled", value: "x" },
    { status: "rejected", reason: new RespError("ERR not an integer") },
    { status: "fulfilled", value: undefined },
  ]);
});

it("rejects the commands without a reply when the server closes it, and later ones", async () => {
  const ping = connection.send(["PING"]);
  (await peer).destroy();
  await expect(ping).rejects.toThrow(ConnectionClosedError);
  await expect(connection.send(["PING"])).rejects.toThrow(ConnectionClosedError);
});

it.each(["+PONG\r\n+PONG\r\n", "?\r\n"])("closes after the invalid reply %j", async (bytes) => {
  const ping = connection.send(["PING"]);
  (await peer).write(bytes);
  await ping.catch(() => {});
  await expect.poll(() => connection.send(["PING"]).catch((error: unknown) => error)).toBeInstanceOf(ProtocolError);
});
