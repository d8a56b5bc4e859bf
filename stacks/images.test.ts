import { expect, it } from "vitest";
import { resources, stackOf, synthesize, testEnvironments } from "./testing/synthesize.ts";

const { prod, local } = testEnvironments;
const stack = stackOf(synthesize(prod), "images");

it("creates repositories with immutable tags, scanning and encryption", () => {
  const repositories = resources(stack, "aws_ecr_repository");
  expect(repositories.map(({ name }) => name)).toEqual(["nv-demo-display", "nv-demo-reset"]);
  for (const repository of repositories) {
    expect(repository).toMatchObject({
      image_tag_mutability: "IMMUTABLE",
      image_scanning_configuration: { scan_on_push: true },
      encryption_configuration: [{ encryption_type: "KMS" }],
      force_delete: false,
    });
  }
});

it("tags an image with a hash of its content", () => {
  const images = (from: typeof stack) =>
    [from.output?.display_image?.value, from.output?.reset_image?.value].map(String);
  const [display = "", reset = ""] = images(stack);
  expect(display).toMatch(/repository_url\}:[0-9a-f]{16}$/);
  expect(display.split(":").at(-1)).not.toBe(reset.split(":").at(-1));
  expect(images(stackOf(synthesize(local), "images"))).toEqual([display, reset]);
});
