import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maximumLength, NameError, type NameKind, nameKinds, physicalName } from "./naming.ts";

const environment = { prefix: "nv-demo", bucketSuffix: undefined };
const word = fc.stringMatching(/^[a-z][a-z0-9]{0,20}$/);
const words = fc.array(word, { minLength: 1, maxLength: 12 }).map((all) => all.join("-"));
const kinds = fc.constantFrom<NameKind>(...nameKinds);

describe("physicalName", () => {
  it("joins the prefix and the name", () => {
    expect(physicalName(environment, "function", "postgres-init")).toBe("nv-demo-postgres-init");
    expect(physicalName(environment, "bucket", "storage")).toBe("nv-demo-storage");
    expect(physicalName({ ...environment, prefix: "nv-demo-dev" }, "secret", "client")).toBe("nv-demo-dev-client");
  });

  it("appends the bucket suffix to bucket names only, which are unique across accounts", () => {
    const naming = { prefix: "nv-demo", bucketSuffix: "acme" };
    expect(physicalName(naming, "bucket", "storage")).toBe("nv-demo-storage-acme");
    expect(physicalName(naming, "queue", "storage")).toBe("nv-demo-storage");
  });

  it("returns a valid name or throws", () => {
    fc.assert(
      fc.property(kinds, word, words, (kind, prefix, name) => {
        const complete = `${prefix}-${name}`;
        const create = () => physicalName({ prefix, bucketSuffix: undefined }, kind, name);
        if (complete.length > maximumLength(kind)) expect(create).toThrow(NameError);
        else expect(create()).toBe(complete);
      }),
    );
  });

  it("returns different names for different resources", () => {
    fc.assert(
      fc.property(kinds, words, words, (kind, one, other) => {
        fc.pre(one !== other && Math.max(one.length, other.length) + 8 <= maximumLength(kind));
        expect(physicalName(environment, kind, one)).not.toBe(physicalName(environment, kind, other));
      }),
    );
  });

  it.each(["Upper", "with.dot", "with_underscore", "double--hyphen", "end-", "", "space here", "ümlaut"])(
    "rejects the name %o",
    (name) => {
      for (const kind of nameKinds) expect(() => physicalName(environment, kind, name)).toThrow(NameError);
    },
  );

  it("accepts names up to the maximum length and links the limit in the error", () => {
    for (const kind of nameKinds) {
      const longest = "x".repeat(maximumLength(kind) - "nv-demo-".length);
      expect(physicalName(environment, kind, longest)).toHaveLength(maximumLength(kind));
      expect(() => physicalName(environment, kind, `${longest}x`)).toThrow(/https:\/\/docs\.aws\.amazon\.com\//);
    }
  });
});
