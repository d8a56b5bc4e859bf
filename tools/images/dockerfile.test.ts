import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { parseDockerfile } from "@nv-demo/local-aws/images";
import { describe, expect, it } from "vitest";
import { DOCKERFILE } from "./required-images.ts";

const text = readFileSync(DOCKERFILE, "utf8");

describe("services/Dockerfile", () => {
  it("runs the program as an unprivileged user, without a shell, so that it receives signals", () => {
    const { user, entrypoint } = parseDockerfile(text);
    expect(user).toBe("node");
    expect(entrypoint).toEqual(["node", "/app/index.mjs"]);
  });

  it("pins its base image by version and digest", () => {
    expect(text).toMatch(/^FROM \S+:\d+\.\d+\.\d+-[^@\s]+@sha256:[0-9a-f]{64}$/m);
  });

  it("passes hadolint", ({ skip }) => {
    const { status, stdout, error } = spawnSync("hadolint", [DOCKERFILE], { encoding: "utf8" });
    skip(error !== undefined, "hadolint is not on the PATH");
    expect(stdout).toBe("");
    expect(status).toBe(0);
  });
});
