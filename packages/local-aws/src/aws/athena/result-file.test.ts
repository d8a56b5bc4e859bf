import fc from "fast-check";
import { expect, it } from "vitest";
import { parseCsv, renderCsv } from "./result-file.ts";

it("reads what it wrote, also commas, quotes, line breaks, empty texts and NULL", () => {
  const rows = fc.array(
    fc.array(fc.option(fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "é") })), { minLength: 1 }),
  );
  fc.assert(
    fc.property(rows, (table) => {
      expect(parseCsv(renderCsv(table))).toEqual(table);
    }),
  );
});
