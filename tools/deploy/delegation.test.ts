import { expect, it } from "vitest";
import { delegationNotice, isDelegated } from "./delegation.ts";

it("names the servers to set at the registrar, and the records of the parent zone", () => {
  expect(delegationNotice("files.example.com", ["b.example", "a.example"])).toBe(
    [
      "At the registrar of files.example.com, set these name servers: a.example, b.example. As records of the parent zone:",
      "  files.example.com.  NS  a.example.",
      "  files.example.com.  NS  b.example.",
    ].join("\n"),
  );
});

it("has no notice without a domain or without name servers", () => {
  expect(delegationNotice(undefined, ["a.example"])).toBeUndefined();
  expect(delegationNotice("files.example.com", [])).toBeUndefined();
});

it("recognizes a delegation regardless of case, order and a final dot", () => {
  expect(isDelegated(["ns-1.example", "ns-2.example"], ["NS-2.example.", "ns-1.example"])).toBe(true);
  expect(isDelegated(["ns-1.example"], ["ns-1.example", "ns-2.example"])).toBe(false);
});
