import { expect, it } from "vitest";
import { fence } from "./fence.ts";

it("is longer than any fence in the text", () => {
  expect(fence("a", "diff")).toBe("```diff\na\n```");
  expect(fence("a ``` b ```` c", "")).toBe("`````\na ``` b ```` c\n`````");
});
