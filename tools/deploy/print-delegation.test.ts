import { expect, it } from "vitest";
import { printDelegation } from "./print-delegation.ts";
import type { State } from "./state/state-store.ts";

const ZONE = { name: "route53", directory: "route53", dependencies: [] };
const STATE: State = {
  lineage: "a",
  serial: 1,
  outputs: { name_servers: { value: ["ns-2.example", "ns-1.example"] } },
  resources: [],
};

async function printed(domain: string | undefined, stacks = [ZONE], json = false, state: State | undefined = STATE) {
  const lines: string[] = [];
  await printDelegation(domain, stacks, { read: async () => state }, json, (line) => lines.push(line));
  return lines;
}

it("prints the name servers of the deployed zone, as text or as JSON", async () => {
  const [line] = await printed("example.com");
  expect(line).toMatch(/At the registrar of example\.com.*ns-1\.example, ns-2\.example/);
  expect(await printed("example.com", [ZONE], true)).toEqual([
    '{"type":"delegation","domain":"example.com","nameServers":["ns-2.example","ns-1.example"]}',
  ]);
});

it("prints nothing without a domain, without the stack of the zone, or without name servers", async () => {
  expect(await printed(undefined)).toEqual([]);
  expect(await printed("example.com", [])).toEqual([]);
  expect(await printed("example.com", [ZONE], false, { ...STATE, outputs: {} })).toEqual([]);
});
