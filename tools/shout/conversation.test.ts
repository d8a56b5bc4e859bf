import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { sendLines } from "./conversation.ts";

let server: Server;
let url: string;

beforeEach(async () => {
  server = createServer({ keepAliveTimeout: 60_000 }, async (request, response) => {
    const { data } = JSON.parse(await text(request)) as { data: string };
    response.writeHead(data === "bad" ? 502 : 200).end(`response to ${data}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function send(lines: readonly string[], isTerminal: boolean) {
  const printed: string[] = [];
  let prompts = 0;
  async function* input() {
    yield* lines;
  }
  const succeeded = await sendLines(url, input(), {
    isTerminal,
    print: (line) => printed.push(line),
    prompt: () => void prompts++,
  });
  return { succeeded, printed, prompts };
}

it("prints each request and its response", async () => {
  const { succeeded, printed, prompts } = await send(['say "hi"', "again"], false);
  expect(printed[0]).toBe(`POST ${url}/\n{"data":"say \\"hi\\""}\n\n200 OK\nresponse to say "hi"\n`);
  expect([printed.length, prompts, succeeded]).toEqual([2, 3, true]);
});

it("ends with an empty line on a terminal, and sends an empty line of a pipe", async () => {
  expect((await send(["one", "", "two"], true)).printed).toHaveLength(1);
  expect((await send(["one", "", "two"], false)).printed).toHaveLength(3);
});

it("continues after an error response and after no response, and returns false", async () => {
  const bad = await send(["bad", "good"], false);
  expect([bad.succeeded, bad.printed.length]).toEqual([false, 2]);
  expect(bad.printed[0]).toContain("502 Bad Gateway");
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  const none = await send(["x"], false);
  expect(none.succeeded).toBe(false);
  expect(none.printed[0]).toMatch(/\nno response: \w/);
});
