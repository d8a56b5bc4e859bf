import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canary, promotion, prunable, type Release, ReleaseError, rollback, type Serving } from "./release.ts";

const published = ["1", "2", "3", "4", "5"];
const errorCode = (action: () => unknown): string | undefined => {
  try {
    action();
    return undefined;
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
    return error.code;
  }
};

/** A stage that records its releases. */
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

describe("promotion", () => {
  it("ends a canary, of the promoted version or of another one", () => {
    expect(new Stage().canary("2").promote("2").serving).toEqual({ version: "2" });
    expect(new Stage().canary("2").promote("1").serving).toEqual({ version: "1" });
  });

  it("rejects a version that is not published or is served already", () => {
    expect(errorCode(() => new Stage().promote("9"))).toBe("NotPublished");
    expect(errorCode(() => new Stage().promote("$LATEST"))).toBe("NotPublished");
    expect(errorCode(() => new Stage().promote("1"))).toBe("NothingToDo");
  });
});

describe("canary", () => {
  it("divides the requests between two numbered versions", () => {
    expect(canary({ version: "1" }, "2", 0.25, published)).toEqual({
      version: "1",
      canary: { version: "2", weight: 0.25 },
    });
    expect(errorCode(() => canary({ version: "1" }, "$LATEST", 0.1, published))).toBe("NotPublished");
    expect(errorCode(() => canary({ version: "$LATEST" }, "2", 0.1, published))).toBe("NotPublished");
    expect(errorCode(() => canary({ version: "1" }, "1", 0.1, published))).toBe("NothingToDo");
  });

  it.each([0, 1, -0.1, 1.1, Number.NaN])("rejects a weight of %d", (weight) => {
    expect(errorCode(() => canary({ version: "1" }, "2", weight, published))).toBe("BadWeight");
  });
});

describe("rollback", () => {
  it("removes a canary first", () => {
    const stage = new Stage().promote("2").canary("3");
    expect(stage.rollback().serving).toEqual({ version: "2" });
    expect(stage.rollback().serving).toEqual({ version: "1" });
  });

  it("returns to one earlier version with each call, without a cycle", () => {
    const stage = new Stage().promote("2").promote("3").promote("4");
    expect(stage.rollback().serving.version).toBe("3");
    expect(stage.rollback().serving.version).toBe("2");
    expect(stage.promote("5").rollback().serving.version).toBe("2");
    expect(stage.rollback().serving.version).toBe("1");
    expect(errorCode(() => stage.rollback())).toBe("NoEarlierVersion");
  });

  it("returns to a named version and skips deleted versions", () => {
    expect(new Stage().promote("2").promote("3").rollback("1").serving.version).toBe("1");
    const stage = new Stage().promote("2").promote("3");
    expect(rollback(stage.serving, stage.history, ["1", "3"])).toEqual({ version: "1" });
    expect(errorCode(() => rollback({ version: "1" }, [], published))).toBe("NoEarlierVersion");
  });

  it("returns to the last recorded version when the alias was changed by other means", () => {
    const { history } = new Stage().promote("2").promote("3");
    expect(rollback({ version: "5" }, history, published)).toEqual({ version: "3" });
  });

  it("reverts any promotion", () => {
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

it("does not prune versions that a stage serves or would return to, nor the newest ones", () => {
  const live = new Stage().promote("2").canary("3");
  expect(prunable(published, [live], 0)).toEqual(["4", "5"]);
  expect(prunable(published, [live], 2)).toEqual([]);
  expect(prunable(["1", "2", "3", "4", "5", "6", "7"], [live], 2)).toEqual(["4", "5"]);
  expect(prunable(published, [], 9)).toEqual([]);
});
