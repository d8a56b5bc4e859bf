import * as fc from "fast-check";
import { expect, it } from "vitest";
import { roles as apiRoles, isAdministrator, isGranted } from "../../lib/users/grants.ts";
import { mayUse, roles } from "./browser/model/grants.ts";

// The page cannot import the API's rules, which need the `Buffer` of Node.js.
it("offers exactly what the API allows", () => {
  expect(roles).toEqual(apiRoles);
  const role = fc.constantFrom(...roles);
  const prefix = fc.constantFrom("", "a/", "a/b/", "ab/");
  const grants = fc.array(fc.record({ role, prefix }), { maxLength: 4 });
  const key = fc.constantFrom("", "a", "a/", "a/b", "a/b/c", "ab/c", "c");
  fc.assert(
    fc.property(grants, role, key, (given, wanted, target) => {
      expect(mayUse(given, wanted, target)).toBe(isGranted(given, wanted, target));
      expect(mayUse(given, "admin", "")).toBe(isAdministrator(given));
    }),
  );
});
