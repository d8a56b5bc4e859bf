import { afterEach, beforeEach, expect, it } from "vitest";
import { Shoutcloud } from "./shoutcloud.ts";

let shoutcloud: Shoutcloud;
/** Of this test file alone: the operating system chose it. */
let url: string;

beforeEach(async () => {
  shoutcloud = new Shoutcloud();
  url = `http://127.0.0.1:${await shoutcloud.listen(0)}/V1/SHOUT`;
});
afterEach(() => shoutcloud.close());

const post = (body: string, contentType = "application/json") =>
  fetch(url, { method: "POST", body, headers: { "content-type": contentType } });

it("shouts", async () => {
  const response = await post('{"INPUT":"hello é ß ŉ 👍"}');
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(await response.json()).toEqual({ INPUT: "hello é ß ŉ 👍", OUTPUT: "HELLO É ß ŉ 👍" });
  expect(await (await post("{}")).json()).toEqual({ INPUT: "", OUTPUT: "" });
});

it("takes nothing that is not called exactly application/json", async () => {
  for (const contentType of ["application/json; charset=utf-8", "text/plain", "Application/JSON"]) {
    expect((await post('{"INPUT":"x"}', contentType)).status, contentType).toBe(400);
  }
  expect((await post("hello")).status).toBe(400);
  expect((await post('{"INPUT":1}')).status).toBe(400);
});

it("knows one address and one method", async () => {
  expect((await fetch(url)).status).toBe(404);
  expect((await fetch(url.replace("V1", "v1"), { method: "POST" })).status).toBe(404);
});

it("can answer nonsense, or be silent, for a while", async () => {
  shoutcloud.begin("nonsense");
  expect(await (await post('{"INPUT":"x"}')).text()).toContain("<html>");
  shoutcloud.end("nonsense");
  shoutcloud.begin("slow");
  const request = { method: "POST", body: "{}", signal: AbortSignal.timeout(100) };
  await expect(fetch(url, request)).rejects.toThrow(/timeout/);
  shoutcloud.end("slow");
  expect((await post('{"INPUT":"x"}')).status).toBe(200);
});
