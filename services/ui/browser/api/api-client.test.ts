import { expect, it } from "vitest";
import { ApiClient } from "./api-client.ts";
import { ApiError } from "./api-error.ts";
import type { FileRequest } from "./send-file.ts";

function open(responses: readonly (() => Response)[]) {
  const rejected: string[] = [];
  const sent: RequestInit[] = [];
  let token = 1;
  const session = {
    authorize: async () => ({ authorization: `Bearer ${token}` }),
    reject: ({ authorization }: { authorization: string }) => {
      rejected.push(authorization);
      token += 1;
    },
  };
  const respond = async (_path: unknown, init: RequestInit = {}): Promise<Response> => {
    sent.push(init);
    const response = responses[sent.length - 1];
    if (!response) throw new TypeError("Failed to fetch");
    return response();
  };
  const sendFile = async ({ url, headers }: FileRequest) => {
    const { status } = await respond(url, { headers });
    if (status !== 200) throw new ApiError("Refused.", { status });
    return "";
  };
  return { client: new ApiClient(session, respond, sendFile), rejected, sent };
}

it("sends JSON with the session, and without credentials of the browser", async () => {
  const { client, sent } = open([() => Response.json({ name: "ann" })]);
  expect(await client.json("/api/users", { method: "POST", json: { name: "ann" } })).toEqual({ name: "ann" });
  expect(sent[0]).toEqual({
    method: "POST",
    credentials: "omit",
    headers: { authorization: "Bearer 1", "content-type": "application/json" },
    body: '{"name":"ann"}',
  });
});

it("repeats a request after the session was rejected", async () => {
  const { client, rejected, sent } = open([() => new Response("{}", { status: 401 }), () => Response.json([])]);
  expect(await client.json("/api/list", { headers: { range: "bytes=0-1" } })).toEqual([]);
  expect(rejected).toEqual(["Bearer 1"]);
  expect(sent[1]?.headers).toEqual({ authorization: "Bearer 2", range: "bytes=0-1" });
});

it("repeats an upload after the session was rejected, and throws other refusals", async () => {
  const statuses = [401, 200, 412].map((status) => () => new Response(null, { status }));
  const { client, rejected, sent } = open(statuses);
  const request = { body: new Blob(), headers: { "if-none-match": "*" }, signal: new AbortController().signal };
  await client.put("/api/upload/x", { ...request, onProgress: () => {} });
  expect(rejected).toEqual(["Bearer 1"]);
  expect(sent[1]?.headers).toEqual({ "if-none-match": "*", authorization: "Bearer 2" });
  await expect(client.put("/api/upload/x", { ...request, onProgress: () => {} })).rejects.toThrow("Refused.");
});

it("throws an error for a refusal, and for no response", async () => {
  const { client } = open([() => Response.json({ code: "Forbidden" }, { status: 403 })]);
  await expect(client.send("/api/users")).rejects.toMatchObject({ status: 403, code: "Forbidden" });
  await expect(client.send("/api/users")).rejects.toMatchObject({ status: 0 });
});

it("throws the reason of an abort as it is", async () => {
  const { client } = open([]);
  await expect(client.send("/", { signal: AbortSignal.abort() })).rejects.toThrow(TypeError);
});
