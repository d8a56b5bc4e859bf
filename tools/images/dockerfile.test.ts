import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { parseDockerfile } from "@nv-demo/local-aws/images";
import { describe, expect, it } from "vitest";
import { DOCKERFILE } from "./wanted-images.ts";

const text = readFileSync(DOCKERFILE, "utf8");

describe("services/Dockerfile", () => {
  it("runs the program as an ordinary user, without a shell, so that signals reach it", () => {
    const { user, entrypoint } = parseDockerfile(text);
    expect(user).toBe("node");
    expect(entrypoint).toEqual(["node", "/app/index.mjs"]);
  });

  it("names its base by version and by digest", () => {
    expect(text).toMatch(/^FROM \S+:\d+\.\d+\.\d+-[^@\s]+@sha256:[0-9a-f]{64}$/m);
  });

  it("passes hadolint, where it is installed", ({ skip }) => {
    const { status, stdout, error } = spawnSync("hadolint", [DOCKERFILE], { encoding: "utf8" });
    skip(error !== undefined, "there is no hadolint on the PATH");
    expect(stdout).toBe("");
    expect(status).toBe(0);
  });
});
