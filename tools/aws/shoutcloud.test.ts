import { afterEach, beforeEach, expect, it } from "vitest";
import { Shoutcloud } from "./shoutcloud.ts";

let shoutcloud: Shoutcloud;
/** On a port that the operating system chose. */
let url: string;

beforeEach(async () => {
  shoutcloud = new Shoutcloud();
  url = `http://127.0.0.1:${await shoutcloud.listen(0)}/V1/SHOUT`;
});
afterEach(() => shoutcloud.close());

const post = (body: string, contentType = "application/json") =>
  fetch(url, { method: "POST", body, headers: { "content-type": contentType } });

it("responds with the input in upper case", async () => {
  const response = await post('{"INPUT":"hello é ß ŉ 👍"}');
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(await response.json()).toEqual({ INPUT: "hello é ß ŉ 👍", OUTPUT: "HELLO É ß ŉ 👍" });
  expect(await (await post("{}")).json()).toEqual({ INPUT: "", OUTPUT: "" });
});

it("rejects every content type except application/json", async () => {
  for (const contentType of ["application/json; charset=utf-8", "text/plain", "Application/JSON"]) {
    expect((await post('{"INPUT":"x"}', contentType)).status, contentType).toBe(400);
  }
  expect((await post("hello")).status).toBe(400);
  expect((await post('{"INPUT":1}')).status).toBe(400);
});

it("returns 404 for other paths and methods", async () => {
  expect((await fetch(url)).status).toBe(404);
  expect((await fetch(url.replace("V1", "v1"), { method: "POST" })).status).toBe(404);
});

it("responds with HTML, or not at all, while a fault is injected", async () => {
  shoutcloud.begin("nonsense");
  expect(await (await post('{"INPUT":"x"}')).text()).toContain("<html>");
  shoutcloud.end("nonsense");
  shoutcloud.begin("slow");
  const request = { method: "POST", body: "{}", signal: AbortSignal.timeout(100) };
  await expect(fetch(url, request)).rejects.toThrow(/timeout/);
  shoutcloud.end("slow");
  expect((await post('{"INPUT":"x"}')).status).toBe(200);
});
