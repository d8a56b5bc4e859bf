import { describe, expect, it } from "vitest";
import { START, testPart, testSegment } from "../testing/segments.ts";
import { assembleTrace } from "../trace.ts";
import { parseFilter } from "./parse-filter.ts";

const TRACE = assembleTrace(
  [
    testSegment({
      name: "api",
      origin: "AWS::Lambda::Function",
      end_time: START + 1.5,
      error: true,
      user: "ada",
      http: { request: { method: "GET", url: "https://example.com/list" }, response: { status: 404 } },
      annotations: { role: "admin", count: 3, cached: true },
      subsegments: [testPart("users", { namespace: "aws", aws: { table_name: "users" }, fault: true })],
    }),
  ],
  { revision: 1, limitExceeded: false },
);

describe("parseFilter", () => {
  it.each<[expression: string, matches: boolean]>([
    ['service("api")', true],
    ['service("other")', false],
    ['service(id(name: "api", type: "AWS::Lambda::Function"))', true],
    ['service(id(name: "api", type: "AWS::Lambda"))', false],
    ['service("users") { fault }', true],
    ['service("api") { fault OR responsetime > 2 }', false],
    ['service("api") { http.status = 404 AND annotation.role = "admin" }', true],
    ["http.status = 404", true],
    ["http.status != 404", false],
    ["http.status >= 400 AND http.status < 500", true],
    ['http.url CONTAINS "/list"', true],
    ['http.url BEGINSWITH "https://example" AND http.url ENDSWITH "list"', true],
    ['http.method = "POST"', false],
    ["responsetime > 1", true],
    ["responsetime <= 1.5", true],
    ["duration > 2", false],
    ['user = "ada"', true],
    ["error", true],
    ["error = false", false],
    ["!error", false],
    ["fault", true],
    ["ok", false],
    ["throttle", false],
    ["partial", false],
    ['annotation.role = "admin"', true],
    ['annotation[role] = "admin"', true],
    ['annotation["role"] != "user"', true],
    ["annotation.count >= 3", true],
    ["annotation.cached = true", true],
    ["annotation.cached != true", false],
    ["annotation.role", true],
    ["!annotation.missing", true],
    ["annotation.role = 1", false],
    ["ok OR error AND ok", false],
    ["(ok OR error) AND !ok", true],
    ['!(service("api") AND fault)', false],
  ])("%s: %s", (expression, matches) => {
    expect(parseFilter(expression)(TRACE)).toBe(matches);
  });

  it.each([
    ['edge("a", "b")', 'does not support "edge"'],
    ['group.name = "x"', 'does not support "group.name"'],
    ["rootcause.fault.service", 'does not support "rootcause.fault.service"'],
    ['service(id(account.id: "1"))', 'does not support "id(account.id: …)"'],
    ["http.status", "requires an operator"],
    ['http.status = "404"', "compared with a number"],
    ["http.url > 1", "compared with a string"],
    ['http.url > "x"', "> requires a number"],
    ["responsetime CONTAINS 1", "CONTAINS requires a string"],
    ["error = 1", "compared with true or false"],
    ["fault AND", "a keyword is expected at the end"],
    ["fault error", '"error" is not expected'],
    ["(fault", '")" is expected at the end'],
    ["service(api)", '"api" is not a string'],
    ["user = ada", '"ada" is not a value'],
    ["fault ; ok", '"; ok" is not expected'],
  ])("rejects %s", (expression, message) => {
    expect(() => parseFilter(expression)).toThrow(message);
    expect(() => parseFilter(expression)).toThrow(expect.objectContaining({ code: "InvalidRequestException" }));
  });
});
