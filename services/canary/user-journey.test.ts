import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ApiClient } from "./api-client.ts";
import { runUserJourney, type Step, StepFailedError, steps } from "./user-journey.ts";

/** An in-memory Files API whose list changes after `lag` requests and whose requests with the prefix `broken` fail. */
let files: Map<string, string>;
let lag: number;
let broken: string | undefined;
let server: Server;
let now: number;

beforeEach(async () => {
  files = new Map();
  lag = 0;
  broken = undefined;
  now = 0;
  let shown: string[] = [];
  let requests = 0;
  server = createServer({ keepAliveTimeout: 60_000 }, async (request, response) => {
    const { method = "", url = "" } = request;
    const respond = (status: number, body = "") => response.writeHead(status, { "x-request-id": "r-1" }).end(body);
    if (request.headers.authorization !== "Bearer key") return respond(403);
    if (`${method} ${url}`.startsWith(broken ?? "never")) return respond(500);
    const key = decodeURIComponent(url.replace(/^\/api\/(files|upload)\//, ""));
    if (url.startsWith("/api/list")) {
      requests += 1;
      if (requests > lag) {
        requests = 0;
        shown = [...files.keys()];
      }
      return respond(200, JSON.stringify(shown.map((prefix_path) => ({ prefix_path }))));
    }
    if (method === "PUT") {
      let body = "";
      for await (const chunk of request) body += chunk;
      files.set(key, body);
      return respond(200, JSON.stringify("File uploaded"));
    }
    if (method === "DELETE") {
      files.delete(key);
      return respond(204);
    }
    return files.has(key) ? respond(200, files.get(key)) : respond(404);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function run(key = "key") {
  const address = server.address();
  const port = address && typeof address === "object" ? address.port : 0;
  const api = new ApiClient(fetch, `http://127.0.0.1:${port}/`, key);
  const pause = async (): Promise<void> => {
    now += 1_000;
  };
  return runUserJourney({ api, clock: { now: () => now }, pause, id: "42" });
}

it("runs all steps, waits for the list, and leaves no file", async () => {
  lag = 3;
  expect(Object.keys(await run())).toEqual([...steps]);
  expect(files.size).toBe(0);
});

describe("reports the failed step and deletes the file", () => {
  it.each<[Step, string]>([
    ["list", "GET /api/list"],
    ["upload", "PUT "],
    ["download", "GET /api/files"],
  ])("%s", async (step, prefix) => {
    broken = prefix;
    const error = await run().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StepFailedError);
    expect(error).toMatchObject({ step, message: expect.stringContaining("500 (request id r-1)") });
    expect(files.size).toBe(0);
  });

  it("listed: the file does not appear in time", async () => {
    lag = Number.POSITIVE_INFINITY;
    await expect(run()).rejects.toMatchObject({ step: "listed", message: expect.stringContaining("60000 ms") });
    expect(files.size).toBe(0);
  });

  it("list: the key is rejected", async () => {
    await expect(run("wrong")).rejects.toMatchObject({ step: "list" });
  });
});
