import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { afterEach, beforeEach, expect, it } from "vitest";
import { environment } from "../../stacks/environment/environments.ts";
import { stackOf, synthesize } from "../../stacks/testing/synthesize.ts";
import { requiredImages } from "./required-images.ts";

let output: string;

beforeEach(() => {
  output = mkdtempSync(join(tmpdir(), "images-"));
  mkdirSync(join(output, "bundles"));
  for (const service of ["display", "reset"]) {
    writeFileSync(join(output, "bundles", `${service}.zip`), zipSync({ "index.mjs": strToU8(service) }));
  }
});
afterEach(() => rmSync(output, { recursive: true }));

it("derives the images from the synthesized stack, before it is deployed", () => {
  const local = environment("local");
  const stack = stackOf(synthesize(local), "images");
  const images = requiredImages(stack as Parameters<typeof requiredImages>[0], local, output);
  const registry = "000000000000.dkr.ecr.us-east-1.amazonaws.com";
  expect(images.map(({ name: { repositoryName } }) => repositoryName)).toEqual(["nv-demo-display", "nv-demo-reset"]);
  for (const { uri, name } of images) {
    expect(uri).toBe(`${registry}/${name.repositoryName}:${name.imageTag}`);
    expect(name.imageTag).toMatch(/^[0-9a-f]{16}$/);
    expect(name.registry).toBe(registry);
  }
  expect(Buffer.from(images[0]?.context["index.mjs"] ?? []).toString()).toBe("display");
});

it("returns no image for a stack without outputs of images", () => {
  expect(requiredImages({}, environment("local"), output)).toEqual([]);
  expect(requiredImages({ output: { other: { value: "x" } } }, environment("local"), output)).toEqual([]);
});
