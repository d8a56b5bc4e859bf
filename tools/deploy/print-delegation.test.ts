import { expect, it } from "vitest";
import { tellDelegation } from "./print-delegation.ts";
import type { State } from "./state/state-store.ts";

const ZONE = { name: "route53", directory: "route53", dependencies: [] };
const STATE: State = {
  lineage: "a",
  serial: 1,
  outputs: { name_servers: { value: ["ns-2.example", "ns-1.example"] } },
  resources: [],
};

async function told(domain: string | undefined, stacks = [ZONE], json = false, state: State | undefined = STATE) {
  const lines: string[] = [];
  await tellDelegation(domain, stacks, { read: async () => state }, json, (line) => lines.push(line));
  return lines;
}

it("tells the servers of the zone that was deployed, for persons and for programs", async () => {
  const [line] = await told("example.com");
  expect(line).toMatch(/At the registrar of example\.com.*ns-1\.example, ns-2\.example/);
  expect(await told("example.com", [ZONE], true)).toEqual([
    '{"type":"delegation","domain":"example.com","nameServers":["ns-2.example","ns-1.example"]}',
  ]);
});

it("tells nothing without a domain, without its stack, or before there is a zone", async () => {
  expect(await told(undefined)).toEqual([]);
  expect(await told("example.com", [])).toEqual([]);
  expect(await told("example.com", [ZONE], false, { ...STATE, outputs: {} })).toEqual([]);
});
