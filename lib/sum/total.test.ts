import { expect, it } from "vitest";
import { total } from "./total.ts";

it("writes a long sum smaller, and a short one as large as it is", () => {
  expect(total("Sum", "-1,234,567.89").text).toContain(
    'class="card total"><dt>Sum</dt><dd id="sum">-1,234,567.89</dd>',
  );
  expect(total("Sum", "-123,456,789,012.5").text).toContain('class="card total long"');
});
