import * as fc from "fast-check";
import { expect, it } from "vitest";
import { clientAddress } from "./client-address.ts";

const peer = "10.23.0.7";

it.each([
  ["203.0.113.9", "203.0.113.9"],
  ["1.2.3.4, 203.0.113.9", "203.0.113.9"],
  ["::1,2001:db8::7", "2001:db8::7"],
  ["::ffff:203.0.113.9", "203.0.113.9"],
  ["203.0.113.9, unknown", peer],
  ["203.0.113.9; drop table", peer],
  ["", peer],
  [undefined, peer],
])("of %j is %s", (header, address) => {
  expect(clientAddress(header, peer)).toBe(address);
});

it("is what the load balancer appended, whatever the client wrote before it", () => {
  fc.assert(
    fc.property(fc.string(), fc.oneof(fc.ipV4(), fc.ipV6()), (forged, seen) => {
      expect(clientAddress(`${forged}, ${seen}`, peer)).toBe(seen.replace(/^::ffff:(?=[\d.]+$)/i, ""));
    }),
  );
});

it("shows a peer without IPv6's clothes", () => {
  expect(clientAddress(undefined, "::ffff:10.0.0.1")).toBe("10.0.0.1");
});
