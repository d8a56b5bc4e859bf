import { expect, it } from "vitest";
import { formatAge, formatBytes, formatDuration, prettyText, valueText } from "./browser/format.ts";
import { readLogMessage } from "./browser/log-message.ts";

it("reads a line of a JSON logger as its message and what differs from line to line, identifiers last", () => {
  const line = JSON.stringify({
    ...{ level: "INFO", message: "Request", timestamp: "now", service: "api", function_arn: "arn", cold_start: true },
    ...{ requestId: "abc=", route: "GET /", status: 200, milliseconds: 1.2345, integrationError: "-" },
  });
  const { headline, details, isPlatform, whole } = readLogMessage(line);
  expect([headline, details, isPlatform]).toEqual([
    "Request",
    "route=GET /  status=200  milliseconds=1.23  requestId=abc=",
    false,
  ]);
  expect(whole).toContain('\n  "cold_start": true,\n');
});

it("adds the cause to the message", () => {
  const { headline } = readLogMessage(JSON.stringify({ message: "Upload failed", error: { message: "disk full" } }));
  expect(headline).toBe("Upload failed: disk full");
});

it("reads a line of an access log as its request", () => {
  const { headline, details } = readLogMessage(
    JSON.stringify({ method: "PUT", route: "PUT /hello/{name}", status: "204" }),
  );
  expect([headline, details]).toEqual(["PUT /hello/{name}", "status=204"]);
});

it("reads what Lambda itself writes, as JSON and as text", () => {
  const record = { requestId: "abc", status: "success", metrics: { durationMs: 12.345, memorySizeMB: 256 } };
  expect(readLogMessage(JSON.stringify({ type: "platform.report", record }))).toMatchObject({
    ...{ headline: "platform.report", details: "durationMs=12.35  memorySizeMB=256  requestId=abc", isPlatform: true },
  });
  expect(readLogMessage("REPORT RequestId: abc\tDuration: 1 ms").isPlatform).toBe(true);
});

it("leaves other text as it is", () => {
  for (const text of ["Error: no\n    at main", "{ not JSON"]) {
    expect(readLogMessage(text)).toMatchObject({ headline: text.split("\n")[0], details: "", whole: text });
  }
});

it("formats ages, sizes, durations and values", () => {
  const now = Date.parse("2026-11-27T12:00:00Z");
  expect([59_000, 60_000, 3_600_000 * 5, 86_400_000 * 2].map((age) => formatAge(now - age, now))).toEqual([
    ...["just now", "1 min. ago", "5 hr. ago", "2 days ago"],
  ]);
  expect([0, 1_023, 1_024, 20_480, 5 * 1_024 ** 3].map(formatBytes)).toEqual([
    "0 B",
    "1023 B",
    "1.0 KiB",
    "20 KiB",
    "5.0 GiB",
  ]);
  expect([0.4, 12, 1_500].map(formatDuration)).toEqual(["0 ms", "12 ms", "1.50 s"]);
  expect(prettyText('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect([valueText(["arm64"]), valueText(null), valueText(true)]).toEqual(['["arm64"]', "", "true"]);
});
