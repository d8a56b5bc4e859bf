import { describe, expect, it } from "vitest";
import { addCounts, appliedText, countsText, NO_COUNTS, type PlanJson, plannedChanges } from "./changes.ts";

type Actions = NonNullable<PlanJson["resource_changes"]>[number]["change"]["actions"];
const change = (address: string, actions: Actions, mode: "managed" | "data" = "managed") => ({
  address,
  mode,
  change: { actions, before: {}, after: {} },
});

describe("plannedChanges", () => {
  it("counts each resource once, and lists deletions and replacements", () => {
    const plan: PlanJson = {
      resource_changes: [
        change("aws_vpc.A", ["create"]),
        change("aws_vpc.B", ["no-op"]),
        change("aws_vpc.C", ["update"]),
        change("aws_vpc.D", ["delete"]),
        change("aws_vpc.E", ["delete", "create"]),
        change("aws_vpc.F", ["create", "delete"]),
        change("aws_vpc.G", ["forget"]),
        change("data.aws_region.Here", ["read"], "data"),
      ],
      output_changes: { same: { actions: ["no-op"] }, gone: { actions: ["delete"] }, id: { actions: ["create"] } },
    };
    expect(plannedChanges(plan)).toEqual({
      counts: { add: 1, change: 1, replace: 2, destroy: 1 },
      deletions: ["aws_vpc.D"],
      replacements: ["aws_vpc.E", "aws_vpc.F"],
      outputs: ["gone", "id"],
    });
  });

  it("returns no changes for an empty plan", () => {
    expect(plannedChanges({})).toEqual({ counts: NO_COUNTS, deletions: [], replacements: [], outputs: [] });
  });
});

it("formats counts", () => {
  const counts = addCounts([
    { add: 1, change: 0, replace: 0, destroy: 2 },
    { add: 2, change: 0, replace: 1, destroy: 0 },
  ]);
  expect(countsText(counts)).toBe("3 to add, 1 to replace, 2 to destroy");
  expect(appliedText(counts)).toBe("3 added, 1 replaced, 2 destroyed");
  expect(countsText(NO_COUNTS)).toBe("only outputs or addresses to change");
});
