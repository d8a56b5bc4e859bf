import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Grant,
  hasRole,
  includesGrants,
  intersectGrants,
  isAdministrator,
  isGranted,
  isRole,
  MAX_GRANTS,
  MAX_GRANTS_BYTES,
  parsePrefix,
  type Role,
  readablePrefixes,
  roles,
  simplifyGrants,
  storableGrants,
} from "./grants.ts";
import { UserError } from "./user-error.ts";

const prefixes = ["", "a/", "a/b/", "a/b/c/", "a-/", "ab/", "b/", "ü/"] as const;
const keys = [...prefixes, "x", "a", "ab", "a/x", "a/b", "a/b/x", "a/b/c/x", "a/bx", "a-/x", "ab/x", "b/x", "ü/x"];
const grant = fc.record({ role: fc.constantFrom(...roles), prefix: fc.constantFrom(...prefixes) });
const grants = fc.array(grant, { maxLength: 6 });

/** The permissions of grants as a table, by a definition of its own: every role that they include on every key. */
const permissionsOf = (list: readonly Grant[]): readonly string[] =>
  keys.flatMap((key) => {
    const onKey = list.filter(({ prefix }) => key.slice(0, prefix.length) === prefix).map(({ role }) => role);
    const included: readonly Role[] = onKey.includes("admin")
      ? ["reader", "writer", "admin"]
      : onKey.includes("writer")
        ? ["reader", "writer"]
        : onKey;
    return [...new Set(included)].map((role) => `${role} ${key}`);
  });

describe("isGranted", () => {
  it("is true for exactly the permissions of the grants", () => {
    fc.assert(
      fc.property(grants, (list) => {
        const granted = keys.flatMap((key) =>
          roles.filter((role) => isGranted(list, role, key)).map((role) => `${role} ${key}`),
        );
        expect(granted.toSorted()).toEqual(permissionsOf(list).toSorted());
      }),
    );
  });

  it("does not extend a folder to one whose name begins the same", () => {
    const list: readonly Grant[] = [{ role: "reader", prefix: "team/" }];
    expect(isGranted(list, "reader", "team/plan")).toBe(true);
    expect(isGranted(list, "reader", "team")).toBe(false);
    expect(isGranted(list, "reader", "team-secrets/plan")).toBe(false);
  });
});

it("has a role when it is granted on anything", () => {
  fc.assert(
    fc.property(grants, fc.constantFrom(...roles), (list, role) => {
      expect(hasRole(list, role)).toBe(permissionsOf(list).some((permission) => permission.startsWith(role)));
    }),
  );
});

it("knows administrators by the role admin on all files", () => {
  expect(isAdministrator([{ role: "admin", prefix: "" }])).toBe(true);
  expect(isAdministrator([{ role: "writer", prefix: "" }])).toBe(false);
  expect(isAdministrator([{ role: "admin", prefix: "a/" }])).toBe(false);
  expect(isAdministrator([])).toBe(false);
});

it("includes other grants exactly when it has their permissions", () => {
  fc.assert(
    fc.property(grants, grants, (list, others) => {
      const permissions = new Set(permissionsOf(list));
      const hasAll = permissionsOf(others).every((permission) => permissions.has(permission));
      // Every prefix is a key of the table, on which no grant below it has a permission.
      expect(includesGrants(list, others)).toBe(hasAll);
    }),
  );
});

describe("simplifyGrants", () => {
  it("keeps the permissions, with as few grants as possible", () => {
    fc.assert(
      fc.property(grants, (list) => {
        const simplified = simplifyGrants(list);
        expect(permissionsOf(simplified).toSorted()).toEqual(permissionsOf(list).toSorted());
        for (const omitted of simplified) {
          const rest = simplified.filter((other) => other !== omitted);
          expect(permissionsOf(rest).length).toBeLessThan(permissionsOf(simplified).length);
        }
      }),
    );
  });

  it("returns the same list for the same permissions", () => {
    fc.assert(
      fc.property(
        grants.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list))),
        ([list, some]) => {
          expect(simplifyGrants([...some, ...list.toReversed()])).toEqual(simplifyGrants(list));
        },
      ),
    );
  });
});

describe("intersectGrants", () => {
  it("allows what both allow", () => {
    fc.assert(
      fc.property(grants, grants, (some, others) => {
        const permissions = new Set(permissionsOf(others));
        const both = permissionsOf(some).filter((permission) => permissions.has(permission));
        expect(permissionsOf(intersectGrants(some, others)).toSorted()).toEqual(both.toSorted());
        expect(intersectGrants(some, others)).toEqual(intersectGrants(others, some));
      }),
    );
  });
});

describe("readablePrefixes", () => {
  const beginning = fc.constantFrom(...keys, "a/b/c/xx", "c", "a/bb");

  it("contains exactly the readable keys with the prefix", () => {
    fc.assert(
      fc.property(grants, beginning, (list, prefix) => {
        const readable = keys.filter((key) => key.startsWith(prefix) && isGranted(list, "reader", key));
        const listed = keys.filter((key) => readablePrefixes(list, prefix).some((each) => key.startsWith(each)));
        expect(listed).toEqual(readable);
      }),
    );
  });

  it("is sorted, has no overlaps, and stays below the prefix and the grants", () => {
    fc.assert(
      fc.property(grants, beginning, (list, prefix) => {
        const result = readablePrefixes(list, prefix);
        expect(result).toEqual(result.toSorted());
        for (const each of result) {
          expect(each.startsWith(prefix)).toBe(true);
          expect(isGranted(list, "reader", each)).toBe(true);
          expect(result.filter((other) => each.startsWith(other))).toEqual([each]);
        }
      }),
    );
  });

  it("does not depend on the order of the grants", () => {
    fc.assert(
      fc.property(grants, beginning, (list, prefix) => {
        expect(readablePrefixes(list.toReversed(), prefix)).toEqual(readablePrefixes(list, prefix));
      }),
    );
  });
});

describe("parsePrefix", () => {
  it.each(["", "a/", "a/b/", "a//", ".../", "ü 🎉/", `${"a".repeat(1_023)}/`])("accepts %j unchanged", (text) => {
    expect(parsePrefix(text)).toBe(text);
  });

  it.each(["a", "a/b", "/", "/a/", "../", "a/../", "./", "a\0/", "\uD800/", `${"a".repeat(1_024)}/`])(
    "rejects %j",
    (text) => {
      expect(() => parsePrefix(text)).toThrow(expect.objectContaining({ code: "InvalidPrefix" }));
    },
  );

  it("accepts only folders and all files", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "/", ".", "\n", "ü") }), (text) => {
        try {
          expect(parsePrefix(text)).toMatch(/^$|\/$/);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
    );
  });
});

describe("storableGrants", () => {
  const folders = (count: number): readonly Grant[] =>
    Array.from({ length: count }, (_, index) => ({ role: "reader", prefix: `${index}/` }));
  const tooMany = expect.objectContaining({ code: "TooManyGrants" });

  it("limits the number of different grants", () => {
    expect(storableGrants(folders(MAX_GRANTS))).toHaveLength(MAX_GRANTS);
    expect(() => storableGrants(folders(MAX_GRANTS + 1))).toThrow(tooMany);
    expect(storableGrants([...folders(MAX_GRANTS), ...folders(MAX_GRANTS)])).toHaveLength(MAX_GRANTS);
  });

  it("limits the size", () => {
    const long = folders(9).map(({ role, prefix }): Grant => ({ role, prefix: `${prefix}${"a".repeat(1_000)}/` }));
    expect(JSON.stringify(long).length).toBeGreaterThan(MAX_GRANTS_BYTES);
    expect(() => storableGrants(long)).toThrow(tooMany);
  });
});

it("recognizes roles", () => {
  expect(roles.every(isRole)).toBe(true);
  expect(["", "owner", "Admin", "toString"].some(isRole)).toBe(false);
});
