import { expect, it } from "vitest";
import { graphMermaid, graphText, stackGraph } from "./graph.ts";
import { writeStacks } from "./testing/written-stacks.ts";

const graph = () =>
  stackGraph(
    writeStacks(
      { name: "frontend", reads: { vpc: ["subnets", "group"], postgres: ["endpoint"] } },
      { name: "postgres", reads: { vpc: ["subnets"], "state-bucket": [] } },
      { name: "state-bucket" },
      { name: "vpc" },
    ),
  );

it("orders the stacks after their dependencies, with the outputs that they read", () => {
  expect(graph()).toEqual({
    stacks: ["state-bucket", "vpc", "postgres", "frontend"],
    edges: [
      { from: "frontend", to: "vpc", outputs: ["group", "subnets"] },
      { from: "frontend", to: "postgres", outputs: ["endpoint"] },
      { from: "postgres", to: "vpc", outputs: ["subnets"] },
      { from: "postgres", to: "state-bucket", outputs: [] },
    ],
  });
});

it("is rendered as text and as a diagram", () => {
  expect(graphText(graph())).toBe(`state-bucket
vpc
postgres      vpc (subnets)
frontend      vpc (group, subnets)
              postgres (endpoint)`);
  expect(graphMermaid(graph())).toContain("  frontend --> postgres");
  expect(graphMermaid(graph())).not.toContain("postgres --> state-bucket");
});
