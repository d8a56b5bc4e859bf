import { expect, it } from "vitest";
import { renderRelease, renderServing, renderStatus } from "./render.ts";

it("renders the shares of a canary", () => {
  expect(renderServing({ version: "3" })).toBe("3");
  expect(renderServing({ version: "3", canary: { version: "4", weight: 0.1 } })).toBe("3 (90 %), 4 (10 %)");
  expect(renderServing({ version: "3", canary: { version: "4", weight: 0.005 } })).toBe("3 (99.5 %), 4 (0.5 %)");
});

it("renders a release on one line", () => {
  const release = {
    stage: "live",
    at: "2026-11-21T10:00:00.000Z",
    action: "rollback",
    from: { version: "1", canary: { version: "2", weight: 0.5 } },
    to: { version: "1" },
    by: "nv-demo-releases-live-errors",
  } as const;
  expect(renderRelease(release)).toBe(
    "2026-11-21T10:00:00.000Z  rollback  live  1 (50 %), 2 (50 %) → 1  by nv-demo-releases-live-errors",
  );
});

it("renders the artifact of each stage and version", () => {
  const text = renderStatus({
    stages: [
      { name: "dev", serving: { version: "2" }, revision: "r", follows: "newest", alarm: "OK" },
      {
        name: "live",
        serving: { version: "1", canary: { version: "2", weight: 0.1 } },
        revision: "r",
        follows: "releases",
        alarm: "ALARM",
      },
    ],
    versions: [
      { number: "1", sha256: "one=", publishedAt: "2026-11-20" },
      { number: "2", sha256: "two=", publishedAt: "2026-11-21" },
    ],
  });
  expect(text.split("\n")).toEqual([
    "stage  version             artifact (SHA-256)  follows   alarm",
    "dev    2                   two=                newest    OK",
    "live   1 (90 %), 2 (10 %)  one=, two=          releases  ALARM",
    "",
    "version  artifact (SHA-256)  published",
    "1        one=                2026-11-20",
    "2        two=                2026-11-21",
  ]);
});
