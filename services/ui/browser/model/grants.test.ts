import { expect, it } from "vitest";
import { describeGrant, type Grant, homeOf, mayUse } from "./grants.ts";

const grants: readonly Grant[] = [
  { role: "writer", prefix: "team/" },
  { role: "reader", prefix: "" },
];

it("allows what a grant on the folder or above includes", () => {
  expect(mayUse(grants, "writer", "team/a")).toBe(true);
  expect(mayUse(grants, "reader", "team-secrets/a")).toBe(true);
  expect(mayUse(grants, "writer", "team-secrets/a")).toBe(false);
  expect(mayUse(grants, "writer", "")).toBe(false);
  expect(mayUse(grants, "admin", "team/a")).toBe(false);
  expect(mayUse([], "reader", "a")).toBe(false);
});

it("begins in the only folder that one may read", () => {
  expect(homeOf([{ role: "reader", prefix: "team/" }])).toBe("team/");
  expect(homeOf(grants)).toBe("");
  expect(homeOf([])).toBe("");
});

it("describes a grant", () => {
  expect(grants.map(describeGrant)).toEqual(["Read and write in team/", "Read everything"]);
});
