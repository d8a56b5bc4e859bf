import { describe, expect, inject, it } from "vitest";

const { shoutUrl: url = "" } = inject("target");

async function post(body: NonNullable<RequestInit["body"]>, path = "/", headers: Record<string, string> = {}) {
  const response = await fetch(url + path, { method: "POST", body, headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const shouted = async (data: string) => JSON.parse((await post(JSON.stringify({ data }))).text) as { data: string };

describe.skipIf(url === "")("Shout", () => {
  it.each(["/", "/any", "/any/path?with=query"])("turns round and shouts what is posted to %s", async (path) => {
    const { status, headers, text } = await post('{"data":"hello"}', path, { "content-type": "application/json" });
    expect([status, text]).toEqual([200, '{"data":"OLLEH"}']);
    expect(headers.get("content-type")).toBe("application/json");
  });

  it("takes what curl sends when it is told nothing of types, and bytes that it cannot know", async () => {
    for (const type of ["application/x-www-form-urlencoded", "application/octet-stream", "text/plain"]) {
      expect((await post('{"data":"hello"}', "/", { "content-type": type })).text).toBe('{"data":"OLLEH"}');
    }
  });

  it.each([
    ["a family of emoji", "a👨‍👩‍👧‍👦b", "B👨‍👩‍👧‍👦A"],
    ["a combining accent", "noe\u0308l", "LE\u0308ON"],
    ["flags", "🇨🇭🇫🇷", "🇫🇷🇨🇭"],
    ["nothing", "", ""],
    ["what JSON escapes", 'a"\\\n\u2028', '\u2028\n\\"A'],
  ])("keeps what a reader sees as one: %s", async (_, data, expected) => {
    expect(await shouted(data)).toEqual({ data: expected });
  });

  it.each([
    ["no JSON", "hello", "InvalidJson"],
    ["no data", "{}", "InvalidData"],
    ["a number", '{"data":1}', "InvalidData"],
    ["half a character", '{"data":"\\ud83d"}', "InvalidText"],
    ["no UTF-8", new Uint8Array([0xff]), "InvalidText"],
  ])("refuses with a reason: %s", async (_, body, code) => {
    const { status, headers, text } = await post(body);
    expect(status).toBe(400);
    expect(headers.get("content-type")).toBe("application/problem+json");
    expect(JSON.parse(text)).toMatchObject({ status: 400, code, detail: expect.any(String) });
  });

  it("says which method it takes", async () => {
    const response = await fetch(url);
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
  });

  it("tells the load balancer, and anybody else, that it is well", async () => {
    const response = await fetch(`${url}/health`);
    expect([response.status, await response.json()]).toEqual([200, { status: "pass" }]);
  });

  it("takes a megabyte, and is refused more by the load balancer", async () => {
    const body = (bytes: number) => `{"data":"${"x".repeat(bytes - '{"data":""}'.length)}"}`;
    // what is let in, as a part of the answer with its headers, is let out no more
    const { status, text } = await post(body(1_048_576));
    expect([status, JSON.parse(text)]).toEqual([413, expect.objectContaining({ code: "AnswerTooLarge" })]);
    expect((await post(body(1_000_000))).status).toBe(200);
    const refused = await post(body(1_048_577));
    expect(refused.status).toBe(413);
    expect(refused.headers.get("server")).toBe("awselb/2.0");
  });

  it("serves many at the same time, each its own", async () => {
    const texts = Array.from({ length: 40 }, (_, number) => `number ${number}`);
    const answers = await Promise.all(texts.map(shouted));
    expect(answers.map(({ data }) => data)).toEqual(texts.map((text) => [...text].reverse().join("").toUpperCase()));
  });
});
