import { describe, expect, it } from "vitest";
import { target } from "../support/target.ts";

const { shoutUrl: url = "" } = target;

async function post(body: NonNullable<RequestInit["body"]>, path = "/", headers: Record<string, string> = {}) {
  const response = await fetch(url + path, { method: "POST", body, headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const shouted = async (data: string) => JSON.parse((await post(JSON.stringify({ data }))).text) as { data: string };

describe.skipIf(url === "")("Shout", () => {
  it.each(["/", "/any", "/any/path?with=query"])("reverses and capitalizes the text posted to %s", async (path) => {
    const { status, headers, text } = await post('{"data":"hello"}', path, { "content-type": "application/json" });
    expect([status, text]).toEqual([200, '{"data":"OLLEH"}']);
    expect(headers.get("content-type")).toBe("application/json");
  });

  it("accepts any content type, including the default of curl", async () => {
    for (const type of ["application/x-www-form-urlencoded", "application/octet-stream", "text/plain"]) {
      expect((await post('{"data":"hello"}', "/", { "content-type": type })).text).toBe('{"data":"OLLEH"}');
    }
  });

  it.each([
    ["a family of emoji", "a👨‍👩‍👧‍👦b", "B👨‍👩‍👧‍👦A"],
    ["a combining accent", "noe\u0308l", "LE\u0308ON"],
    ["flags", "🇨🇭🇫🇷", "🇫🇷🇨🇭"],
    ["an empty text", "", ""],
    ["characters that JSON escapes", 'a"\\\n\u2028', '\u2028\n\\"A'],
  ])("reverses by grapheme cluster: %s", async (_, data, expected) => {
    expect(await shouted(data)).toEqual({ data: expected });
  });

  it.each([
    ["invalid JSON", "hello", "InvalidJson"],
    ["no data", "{}", "InvalidData"],
    ["a number", '{"data":1}', "InvalidData"],
    ["an unpaired surrogate", '{"data":"\\ud83d"}', "InvalidText"],
    ["invalid UTF-8", new Uint8Array([0xff]), "InvalidText"],
  ])("returns 400 with a code: %s", async (_, body, code) => {
    const { status, headers, text } = await post(body);
    expect(status).toBe(400);
    expect(headers.get("content-type")).toBe("application/problem+json");
    expect(JSON.parse(text)).toMatchObject({ status: 400, code, detail: expect.any(String) });
  });

  it("returns 405 with the allowed method", async () => {
    const response = await fetch(url);
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
  });

  it("has a health check", async () => {
    const response = await fetch(`${url}/health`);
    expect([response.status, await response.json()]).toEqual([200, { status: "pass" }]);
  });

  it("accepts one megabyte; the load balancer rejects more", async () => {
    const body = (bytes: number) => `{"data":"${"x".repeat(bytes - '{"data":""}'.length)}"}`;
    // A response with its headers is larger than the request, so it exceeds the limit.
    const { status, text } = await post(body(1_048_576));
    expect([status, JSON.parse(text)]).toEqual([413, expect.objectContaining({ code: "AnswerTooLarge" })]);
    expect((await post(body(1_000_000))).status).toBe(200);
    const rejected = await post(body(1_048_577));
    expect(rejected.status).toBe(413);
    expect(rejected.headers.get("server")).toBe("awselb/2.0");
  });

  it("serves concurrent requests independently", async () => {
    // A local deployment runs the function ten times at once, health checks included.
    const texts = Array.from({ length: 8 }, (_, number) => `number ${number}`);
    const results = await Promise.all(texts.map(shouted));
    expect(results.map(({ data }) => data)).toEqual(texts.map((text) => [...text].reverse().join("").toUpperCase()));
  });
});
