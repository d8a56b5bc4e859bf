import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Stack } from "../synth/manifest.ts";
import { schedule } from "./schedule.ts";

const stack = (name: string, ...dependencies: string[]): Stack => ({ name, directory: name, dependencies });
const STACKS = [stack("vpc"), stack("secrets"), stack("postgres", "vpc", "secrets"), stack("frontend", "postgres")];

/** Any acyclic graph: each stack depends on some of those before it. */
const graphs = fc
  .array(fc.array(fc.nat(30), { maxLength: 4 }), { minLength: 1, maxLength: 12 })
  .map((rows) =>
    rows.map((row, index) => stack(`s${index}`, ...new Set(index === 0 ? [] : row.map((pick) => `s${pick % index}`)))),
  );

describe("schedule", () => {
  it("starts each stack after its dependencies, and at most `parallelism` at a time", async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.integer({ min: 1, max: 4 }), async (stacks, parallelism) => {
        const done = new Set<string>();
        let running = 0;
        const outcomes = await schedule(stacks, "forward", parallelism, async ({ name, dependencies }) => {
          running += 1;
          expect(running).toBeLessThanOrEqual(parallelism);
          expect([...done]).toEqual(expect.arrayContaining([...dependencies]));
          await Promise.resolve();
          running -= 1;
          done.add(name);
          return true;
        });
        expect([...outcomes.values()].every((outcome) => outcome === "done")).toBe(true);
        expect(done.size).toBe(stacks.length);
      }),
    );
  });

  it("reverses the order for destroying", async () => {
    const order: string[] = [];
    await schedule(STACKS, "backward", 1, async ({ name }) => {
      order.push(name);
      return true;
    });
    expect(order).toEqual(["frontend", "postgres", "vpc", "secrets"]);
  });

  it("skips the stacks that depend on a failed one, names it, and finishes the others", async () => {
    const skipped: string[] = [];
    const outcomes = await schedule(
      STACKS,
      "forward",
      2,
      async ({ name }) => name !== "vpc",
      ({ name }, because) => skipped.push(`${name} because of ${because}`),
    );
    expect(Object.fromEntries(outcomes)).toEqual({
      vpc: "failed",
      secrets: "done",
      postgres: "skipped",
      frontend: "skipped",
    });
    expect(skipped).toEqual(["postgres because of vpc", "frontend because of postgres"]);
  });
});
