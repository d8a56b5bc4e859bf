import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maximumLength, NameError, type NameKind, nameKinds, physicalName } from "./naming.ts";

const environment = { prefix: "nv-demo", bucketSuffix: undefined };
const word = fc.stringMatching(/^[a-z][a-z0-9]{0,20}$/);
const words = fc.array(word, { minLength: 1, maxLength: 12 }).map((all) => all.join("-"));
const kinds = fc.constantFrom<NameKind>(...nameKinds);

describe("a physical name", () => {
  it("is what the contract says", () => {
    expect(physicalName(environment, "function", "postgres-init")).toBe("nv-demo-postgres-init");
    expect(physicalName(environment, "bucket", "storage")).toBe("nv-demo-storage");
    expect(physicalName({ ...environment, prefix: "nv-demo-dev" }, "secret", "client")).toBe("nv-demo-dev-client");
  });

  it("ends in the environment's suffix for buckets alone, whose names all accounts share", () => {
    const taken = { prefix: "nv-demo", bucketSuffix: "acme" };
    expect(physicalName(taken, "bucket", "storage")).toBe("nv-demo-storage-acme");
    expect(physicalName(taken, "queue", "storage")).toBe("nv-demo-storage");
  });

  it("is either one that AWS takes, or refused", () => {
    fc.assert(
      fc.property(kinds, word, words, (kind, prefix, thing) => {
        const whole = `${prefix}-${thing}`;
        const make = () => physicalName({ prefix, bucketSuffix: undefined }, kind, thing);
        if (whole.length > maximumLength(kind)) expect(make).toThrow(NameError);
        else expect(make()).toBe(whole);
      }),
    );
  });

  it("is told apart from every other by its thing", () => {
    fc.assert(
      fc.property(kinds, words, words, (kind, one, other) => {
        fc.pre(one !== other && Math.max(one.length, other.length) + 8 <= maximumLength(kind));
        expect(physicalName(environment, kind, one)).not.toBe(physicalName(environment, kind, other));
      }),
    );
  });

  it.each(["Upper", "with.dot", "with_underscore", "double--hyphen", "end-", "", "space here", "ümlaut"])(
    "is refused for the thing %o",
    (thing) => {
      for (const kind of nameKinds) expect(() => physicalName(environment, kind, thing)).toThrow(NameError);
    },
  );

  it("may be as long as AWS takes, and not longer; the refusal says where AWS says so", () => {
    for (const kind of nameKinds) {
      const longest = "x".repeat(maximumLength(kind) - "nv-demo-".length);
      expect(physicalName(environment, kind, longest)).toHaveLength(maximumLength(kind));
      expect(() => physicalName(environment, kind, `${longest}x`)).toThrow(/https:\/\/docs\.aws\.amazon\.com\//);
    }
  });
});
