import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canary, promotion, prunable, type Release, ReleaseError, rollback, type Serving } from "./release.ts";

const published = ["1", "2", "3", "4", "5"];
const refusal = (action: () => unknown): string | undefined => {
  try {
    action();
    return undefined;
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
    return error.code;
  }
};

/** A stage to which things happen one after the other. */
class Stage {
  serving: Serving = { version: "1" };
  readonly history: Release[] = [];

  move(action: Release["action"], to: Serving): this {
    this.history.push({ stage: "live", at: String(this.history.length), action, from: this.serving, to, by: "me" });
    this.serving = to;
    return this;
  }

  promote = (version: string) => this.move("promote", promotion(this.serving, version, published));
  canary = (version: string) => this.move("canary", canary(this.serving, version, 0.1, published));
  rollback = (version?: string) => this.move("rollback", rollback(this.serving, this.history, published, version));
}

describe("a promotion", () => {
  it("ends a canary, its own or another's", () => {
    expect(new Stage().canary("2").promote("2").serving).toEqual({ version: "2" });
    expect(new Stage().canary("2").promote("1").serving).toEqual({ version: "1" });
  });

  it("is refused for what is not published, and for what is there", () => {
    expect(refusal(() => new Stage().promote("9"))).toBe("NotPublished");
    expect(refusal(() => new Stage().promote("$LATEST"))).toBe("NotPublished");
    expect(refusal(() => new Stage().promote("1"))).toBe("NothingToDo");
  });
});

describe("a canary", () => {
  it("shares between two numbered versions", () => {
    expect(canary({ version: "1" }, "2", 0.25, published)).toEqual({
      version: "1",
      canary: { version: "2", weight: 0.25 },
    });
    expect(refusal(() => canary({ version: "1" }, "$LATEST", 0.1, published))).toBe("NotPublished");
    expect(refusal(() => canary({ version: "$LATEST" }, "2", 0.1, published))).toBe("NotPublished");
    expect(refusal(() => canary({ version: "1" }, "1", 0.1, published))).toBe("NothingToDo");
  });

  it.each([0, 1, -0.1, 1.1, Number.NaN])("has no weight of %d", (weight) => {
    expect(refusal(() => canary({ version: "1" }, "2", weight, published))).toBe("BadWeight");
  });
});

describe("a rollback", () => {
  it("takes a canary away first", () => {
    const stage = new Stage().promote("2").canary("3");
    expect(stage.rollback().serving).toEqual({ version: "2" });
    expect(stage.rollback().serving).toEqual({ version: "1" });
  });

  it("goes back one version with each call, never in a circle", () => {
    const stage = new Stage().promote("2").promote("3").promote("4");
    expect(stage.rollback().serving.version).toBe("3");
    expect(stage.rollback().serving.version).toBe("2");
    expect(stage.promote("5").rollback().serving.version).toBe("2");
    expect(stage.rollback().serving.version).toBe("1");
    expect(refusal(() => stage.rollback())).toBe("NoEarlierVersion");
  });

  it("goes to a version that is named, and passes over what was pruned", () => {
    expect(new Stage().promote("2").promote("3").rollback("1").serving.version).toBe("1");
    const stage = new Stage().promote("2").promote("3");
    expect(rollback(stage.serving, stage.history, ["1", "3"])).toEqual({ version: "1" });
    expect(refusal(() => rollback({ version: "1" }, [], published))).toBe("NoEarlierVersion");
  });

  it("goes to the last that is known when somebody moved the stage by other means", () => {
    const { history } = new Stage().promote("2").promote("3");
    expect(rollback({ version: "5" }, history, published)).toEqual({ version: "3" });
  });

  it("undoes any promotion", () => {
    const versions = fc.array(fc.constantFrom(...published), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(versions, (path) => {
        const stage = new Stage();
        for (const version of path) if (version !== stage.serving.version) stage.promote(version);
        const before = stage.serving;
        const next = published.find((version) => version !== before.version) ?? "";
        expect(stage.promote(next).rollback().serving).toEqual(before);
      }),
    );
  });
});

it("prunes no version that a stage serves, tries or would go back to, nor the newest", () => {
  const live = new Stage().promote("2").canary("3");
  expect(prunable(published, [live], 0)).toEqual(["4", "5"]);
  expect(prunable(published, [live], 2)).toEqual([]);
  expect(prunable(["1", "2", "3", "4", "5", "6", "7"], [live], 2)).toEqual(["4", "5"]);
  expect(prunable(published, [], 9)).toEqual([]);
});
