import { expect, it } from "vitest";
import { describeSlowest } from "./slowest.ts";

it("lists the slowest files, the slowest first", () => {
  const files = [
    { name: "a.test.ts", duration: 900 },
    { name: "b.test.ts", duration: 12_340 },
    { name: "c.test.ts", duration: 1_000 },
  ];
  expect(describeSlowest(files, 2)).toEqual(["slowest files:", "  12.3 s  b.test.ts\n   1.0 s  c.test.ts", ""]);
});

it("lists nothing for a single file", () => {
  expect(describeSlowest([{ name: "a.test.ts", duration: 1 }], 2)).toEqual([]);
});
