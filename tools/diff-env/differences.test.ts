import { expect, it } from "vitest";
import { environmentNames } from "../../stacks/environment/environment.ts";
import { environmentData as data } from "../../stacks/environment/environments.ts";
import { differences, renderValue } from "./differences.ts";

it("returns the path of each different value, with the names of array elements", () => {
  const stages = (live: number) => [
    { name: "live", rate: live },
    { name: "test", rate: 1 },
  ];
  const left = { prefix: "a", parts: ["x"], stages: stages(5), same: { deep: true }, removed: 1 };
  const right = { prefix: "b", parts: ["x", "y"], stages: stages(6), same: { deep: true }, domain: "d.example" };
  expect(differences(left, right)).toEqual([
    { path: "prefix", left: "a", right: "b" },
    { path: "parts", left: ["x"], right: ["x", "y"] },
    { path: "stages.live.rate", left: 5, right: 6 },
    { path: "removed", left: 1, right: undefined },
    { path: "domain", left: undefined, right: "d.example" },
  ]);
});

it("returns nothing for an environment and itself", () => {
  for (const name of environmentNames) expect(differences(data(name), data(name))).toEqual([]);
});

it("finds the differences between dev and prod", () => {
  const found = new Map(differences(data("dev"), data("prod")).map(({ path, ...pair }) => [path, pair]));
  expect(found.get("name")).toEqual({ left: "dev", right: "prod" });
  expect(found.get("database.multiAz")).toEqual({ left: false, right: true });
  expect(found.has("region")).toBe(false);
});

it("renders values for the terminal", () => {
  expect([undefined, [], ["a", "b"], false, 7].map(renderValue)).toEqual(["not set", "none", "a, b", "false", "7"]);
});
