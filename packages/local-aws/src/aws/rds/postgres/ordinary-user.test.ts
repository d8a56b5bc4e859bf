import { expect, test } from "vitest";
import { asOrdinaryUser } from "./ordinary-user.ts";

test("an ordinary user runs PostgreSQL as it is; root runs it in a user namespace", () => {
  expect(asOrdinaryUser(["postgres", ["-D", "x"]], 501)).toEqual(["postgres", ["-D", "x"]]);
  if (process.getuid?.() !== 0) return;
  const [program, args] = asOrdinaryUser(["postgres", ["-D", "x"]]);
  expect([program, ...args].join(" ")).toBe("unshare --user --map-user=1000 --map-group=1000 postgres -D x");
});
