import * as fc from "fast-check";
import { expect, it } from "vitest";
import { clientAddress } from "./client-address.ts";

const peerAddress = "10.23.0.7";

it.each([
  ["203.0.113.9", "203.0.113.9"],
  ["1.2.3.4, 203.0.113.9", "203.0.113.9"],
  ["::1,2001:db8::7", "2001:db8::7"],
  ["::ffff:203.0.113.9", "203.0.113.9"],
  ["203.0.113.9, unknown", peerAddress],
  ["203.0.113.9; drop table", peerAddress],
  ["", peerAddress],
  [undefined, peerAddress],
])("returns the address for %j: %s", (header, address) => {
  expect(clientAddress(header, peerAddress)).toBe(address);
});

it("returns the address that the load balancer appended, regardless of what the client sent", () => {
  fc.assert(
    fc.property(fc.string(), fc.oneof(fc.ipV4(), fc.ipV6()), (forged, appended) => {
      expect(clientAddress(`${forged}, ${appended}`, peerAddress)).toBe(appended.replace(/^::ffff:(?=[\d.]+$)/i, ""));
    }),
  );
});

it("returns an IPv4-mapped peer address as IPv4", () => {
  expect(clientAddress(undefined, "::ffff:10.0.0.1")).toBe("10.0.0.1");
});
