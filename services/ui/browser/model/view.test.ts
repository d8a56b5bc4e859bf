import * as fc from "fast-check";
import { expect, it } from "vitest";
import { addressOf, parseView } from "./view.ts";

it.each([
  ["", { name: "files", prefix: "", search: "" }],
  ["#/files/", { name: "files", prefix: "", search: "" }],
  ["#/files/a%20b/c/?q=x%26y", { name: "files", prefix: "a b/c/", search: "x&y" }],
  ["#/keys", { name: "keys" }],
  ["#/users", { name: "users" }],
  ["#/files/file.txt", { name: "files", prefix: "", search: "" }],
  ["#/files/%E0%A4%A/", { name: "files", prefix: "", search: "" }],
  ["#/nothing", { name: "files", prefix: "", search: "" }],
])("reads %s", (fragment, view) => {
  expect(parseView(fragment)).toEqual(view);
});

it("reads every address that it writes", () => {
  const names = fc.array(fc.string({ minLength: 1, unit: "grapheme" }).map((name) => name.replaceAll("/", "-")));
  fc.assert(
    fc.property(names, fc.string({ unit: "grapheme" }), (parts, search) => {
      const view = { name: "files", prefix: parts.map((part) => `${part}/`).join(""), search } as const;
      expect(parseView(addressOf(view))).toEqual(view);
    }),
  );
});
