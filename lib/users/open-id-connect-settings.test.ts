import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { parseEnvironment } from "../environment/parse-environment.ts";
import { isSecureUrl, openIdConnectSettings } from "./open-id-connect-settings.ts";

const settings = {
  issuer: "https://login.example/tenant",
  audience: "files",
  grantsClaim: "groups",
  grants: [{ value: "developers", role: "writer", prefix: "team/" }],
};

const parse = (text: string) => parseEnvironment(v.object({ OPEN_ID_CONNECT: openIdConnectSettings }), parsed(text));
const parsed = (text: string) => ({ OPEN_ID_CONNECT: text });

it("parses the JSON of a variable; a user is identified by the email address", () => {
  expect(parse(JSON.stringify(settings)).OPEN_ID_CONNECT).toEqual({ ...settings, userClaim: "email" });
});

it.each([
  ["OPEN_ID_CONNECT", "not JSON"],
  ["OPEN_ID_CONNECT", '"text"'],
  ["OPEN_ID_CONNECT.audience", { audience: "" }],
  ["OPEN_ID_CONNECT.issuer", { issuer: "http://login.example" }],
  ["OPEN_ID_CONNECT.issuer", { issuer: "https://login.example/?tenant=1" }],
  ["OPEN_ID_CONNECT.issuer", { issuer: "https://login.example/#" }],
  ["OPEN_ID_CONNECT.grantsClaim", { grantsClaim: undefined }],
  ["OPEN_ID_CONNECT.claim", { claim: "misspelled" }],
  ["OPEN_ID_CONNECT.grants.0.role", { grants: [{ value: "x", role: "owner", prefix: "" }] }],
  ["OPEN_ID_CONNECT.grants.0.prefix", { grants: [{ value: "x", role: "reader", prefix: "no-slash" }] }],
  ["OPEN_ID_CONNECT.grants.0.prefix", { grants: [{ value: "x", role: "reader", prefix: "../" }] }],
  ["OPEN_ID_CONNECT.grants", { grants: Array(51).fill({ value: "x", role: "reader", prefix: "" }) }],
])("names %s for invalid settings %#", (path, change) => {
  const text = typeof change === "string" ? change : JSON.stringify({ ...settings, ...change });
  expect(() => parse(text)).toThrow(new RegExp(`: ${path}$`));
});

describe("isSecureUrl", () => {
  it.each(["https://login.example", "http://localhost:8080/realms/x", "http://127.0.0.1", "http://[::1]:80"])(
    "accepts %s",
    (url) => expect(isSecureUrl(url)).toBe(true),
  );

  it.each([
    "",
    "login.example",
    "http://login.example",
    "http://localhost.example",
    "http://127.0.0.1.example",
    "http://10.0.0.1",
    "https://user:password@login.example",
    "ftp://127.0.0.1",
    "file:///etc/keys",
  ])("refuses %j", (url) => expect(isSecureUrl(url)).toBe(false));
});
