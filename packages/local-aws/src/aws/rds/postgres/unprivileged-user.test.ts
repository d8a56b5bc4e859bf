import { describe, expect, it } from "vitest";
import { asUnprivilegedUser } from "./unprivileged-user.ts";

describe("asUnprivilegedUser", () => {
  it("does not change the command of an unprivileged user", () => {
    expect(asUnprivilegedUser(["postgres", ["-D", "x"]], 501)).toEqual(["postgres", ["-D", "x"]]);
  });

  it.runIf(process.getuid?.() === 0)("runs the command of root in a user namespace", () => {
    const [program, args] = asUnprivilegedUser(["postgres", ["-D", "x"]]);
    expect([program, ...args].join(" ")).toBe("unshare --user --map-user=1000 --map-group=1000 postgres -D x");
  });
});
