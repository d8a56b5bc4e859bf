import { expect, it } from "vitest";
import { renderTotal } from "./total.ts";

it("marks a sum of more than 16 characters as long", () => {
  expect(renderTotal("Sum", "-1,234,567.89").text).toContain(
    'class="card total"><dt>Sum</dt><dd id="sum">-1,234,567.89</dd>',
  );
  expect(renderTotal("Sum", "-123,456,789,012.5").text).toContain('class="card total long"');
});
