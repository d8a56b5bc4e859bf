import { expect, it } from "vitest";
import { DocumentedResponses } from "./documented-responses.ts";

const json = (schema: object) => ({ content: { "application/json": { schema } } });
const documented = new DocumentedResponses({
  paths: {
    "/{key}": { get: { responses: { 200: { content: { "*/*": {} } } } } },
    "/users/{user}": { get: { responses: { 200: json({ type: "object", required: ["name"] }), 404: {} } } },
    "/users/me": { get: { responses: { 200: json({ type: "string" }) } } },
  },
});
const problemOf = (method: string, url: string, status: number, text = "", contentType = "application/json") =>
  documented.problemOf(method, url, { status, contentType, text });

it("accepts what the document describes, by the most specific path", () => {
  expect(problemOf("GET", "/users/ann?x=1", 200, '{"name":"ann"}')).toBeUndefined();
  expect(problemOf("GET", "/users/ann", 404)).toBeUndefined();
  expect(problemOf("GET", "/users/me", 200, '"me"')).toBeUndefined();
  expect(problemOf("GET", "/folder/a.txt", 200, "text", "text/plain")).toBeUndefined();
});

it("reports an undocumented route, status, type and body", () => {
  expect(problemOf("POST", "/users/ann", 200)).toMatch(/POST \/users\/ann is not documented/);
  expect(problemOf("GET", "/users/ann", 500, "broken")).toMatch(/returned 500, which is not documented: broken/);
  expect(problemOf("GET", "/users/ann", 200, "x", "text/html; charset=utf-8")).toMatch(
    /undocumented type "text\/html"/,
  );
  expect(problemOf("GET", "/users/ann", 200, "{}")).toMatch(/undocumented body: .*required property 'name'/);
  expect(problemOf("GET", "/users/me", 200, "{}")).toMatch(/undocumented body: .*must be string/);
});
