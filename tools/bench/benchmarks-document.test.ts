import { expect, it } from "vitest";
import { withSection } from "./benchmarks-document.ts";

const section = (subject: string, content: string) => ({ subject, title: `About ${subject}`, args: subject, content });

it("adds a section after the others", () => {
  const one = withSection("# Benchmarks\n", section("list", "1 ms"));
  expect(one).toBe(
    [
      ...["# Benchmarks", "", "<!-- begin: list -->", "", "## About list", ""],
      ...["To repeat it: `npm run bench -- list`", "", "1 ms", "", "<!-- end: list -->", ""],
    ].join("\n"),
  );
  const two = withSection(one, section("sign-in", "2 ms"));
  expect(two.startsWith(one)).toBe(true);
  expect(two.endsWith("2 ms\n\n<!-- end: sign-in -->\n")).toBe(true);
});

it("replaces the section of a subject, and no other", () => {
  const before = withSection(withSection("# Benchmarks\n", section("list", "1 ms")), section("sign-in", "2 ms"));
  expect(withSection(before, section("list", "3 ms"))).toBe(before.replace("1 ms", "3 ms"));
});
