import { expect, it } from "vitest";
import type { BuildInfo } from "../../services/build-info/build-info.ts";
import { buildVariable, readBuildVariable } from "./build-variable.ts";

it("passes a commit to main.ts, or none", () => {
  const long = "0123456789abcdef0123456789abcdef01234567";
  const build: BuildInfo = { type: "git", short: "0123456", long, time: "2026-11-21T10:00:00Z", modified: true };
  expect(readBuildVariable(buildVariable(build))).toEqual({ build });
  expect(readBuildVariable({})).toEqual({});
});
