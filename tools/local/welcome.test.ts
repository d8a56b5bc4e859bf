import { expect, it } from "vitest";
import { FakeTerminal } from "../command-line/terminal/testing/fake-terminal.ts";
import type { LocalEndpoints } from "./local-endpoints.ts";
import { helpText, welcomeText } from "./welcome.ts";

const endpoints: LocalEndpoints = {
  apiUrl: "http://127.0.0.1:1001",
  username: "nvclient",
  password: "secret",
  shoutUrl: "http://127.0.0.1:1002",
  sumUrl: "http://127.0.0.1:1003",
  helloUrls: { live: "http://127.0.0.1:1004" },
  releasesUrls: { live: "http://127.0.0.1:1005/live" },
  awsVariables: {},
  notificationsUrl: "http://127.0.0.1:1007",
};
const terminal = new FakeTerminal(undefined).open();
const dashboardUrl = "http://127.0.0.1:1006/?token=t";

it("has at most 14 lines of at most 80 columns, with page, address, user and password last", () => {
  const lines = welcomeText({ endpoints, dashboardUrl, terminal, hasKeys: true }).split("\n");
  // The line with the totals precedes them.
  expect(lines.length).toBeLessThanOrEqual(14);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(lines.slice(-4)).toEqual([
    "  Page       http://127.0.0.1:1001/ui",
    "  Files      http://127.0.0.1:1001",
    "  User       nvclient",
    "  Password   secret",
  ]);
  expect(lines).toContain("  Alarms     http://127.0.0.1:1007");
  expect(lines.join("\n")).toContain(`Dashboard  ${dashboardUrl}`);
});

it("leaves out what is not deployed, and the keys where none are read", () => {
  const partial = { ...endpoints, shoutUrl: "", helloUrls: {}, notificationsUrl: undefined };
  const text = welcomeText({ endpoints: partial, dashboardUrl: undefined, terminal, hasKeys: false });
  expect(text).not.toMatch(/Shout|Hello|Alarms|Dashboard|Keys/);
  expect(text).toContain("Ctrl-C stops it and keeps the data.");
});

it("explains each key in the help, before the addresses", () => {
  const text = helpText({ endpoints, dashboardUrl, terminal, hasKeys: true });
  for (const key of ["h", "l", "o", "r", "q"]) expect(text).toMatch(new RegExp(`^  ${key}  \\w`, "m"));
  expect(text).toMatch(/Password {3}secret$/);
});
