import { expect, it } from "vitest";
import { isCrossOrigin } from "./cross-origin.ts";

const host = "sum.example";

it.each([
  ["GET", { "sec-fetch-site": "cross-site" }],
  ["POST", { "sec-fetch-site": "same-origin", origin: "https://sum.example" }],
  ["POST", { "sec-fetch-site": "none" }],
  ["POST", { origin: "https://sum.example" }],
  ["POST", { origin: "http://sum.example" }],
  ["POST", {}],
])("accepts %s with %j", (method, headers) => {
  expect(isCrossOrigin(method, { host, ...headers })).toBe(false);
});

it.each([
  ["POST", { "sec-fetch-site": "cross-site" }],
  ["POST", { "sec-fetch-site": "same-site", origin: "https://sum.example" }],
  ["POST", { "sec-fetch-site": "" }],
  ["POST", { origin: "https://evil.example" }],
  ["POST", { origin: "https://sum.example:8443" }],
  ["POST", { origin: "https://sum.example.evil.example" }],
  ["POST", { origin: "null" }],
  ["DELETE", { origin: "https://evil.example" }],
])("detects a cross-origin %s with %j", (method, headers) => {
  expect(isCrossOrigin(method, { host, ...headers })).toBe(true);
});
