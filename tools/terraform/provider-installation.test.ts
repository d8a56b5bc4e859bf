import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { FakeTerraform } from "../deploy/testing/fake-terraform.ts";
import { temporaryFolder, writeStacks } from "../deploy/testing/written-stacks.ts";
import { installProviders } from "./provider-installation.ts";

const LOCK = ".terraform.lock.hcl";

/** A fake Terraform that appends a version to the lock file. */
function prepare() {
  const root = temporaryFolder();
  const folder = join(root, "providers");
  const stacks = writeStacks({ name: "vpc" }, { name: "secrets" });
  const terraform = new FakeTerraform(stacks, () => {
    writeFileSync(join(folder, LOCK), "version 1", { flag: "a" });
    return undefined;
  });
  const install = (lock?: string) => installProviders(terraform, stacks, { folder, cache: join(root, "cache"), lock });
  return { folder, stacks, terraform, install };
}

it("installs the required providers once, and copies the lock file to every stack", async () => {
  const { folder, stacks, terraform, install } = prepare();
  expect(await install()).toBe("version 1");
  expect(terraform.commands).toEqual([`${folder}: init -input=false -no-color`]);
  expect(JSON.parse(readFileSync(join(folder, "main.tf.json"), "utf8"))).toEqual({
    terraform: { required_providers: { aws: { source: "aws", version: ">= 5.100, < 7" } } },
  });
  expect(stacks.map(({ directory }) => readFileSync(join(directory, LOCK), "utf8"))).toEqual([
    "version 1",
    "version 1",
  ]);
});

it("installs the versions of a given lock file", async () => {
  expect(await prepare().install("version 0, ")).toBe("version 0, version 1");
});

it("throws with Terraform's error when a provider cannot be installed", async () => {
  const stacks = writeStacks({ name: "vpc" });
  const terraform = new FakeTerraform(stacks, () => ({ code: 1, text: "no registry" }));
  const root = temporaryFolder();
  const installed = installProviders(terraform, stacks, {
    folder: join(root, "providers"),
    cache: join(root, "cache"),
  });
  await expect(installed).rejects.toMatchObject({ code: "PROVIDER_INSTALLATION_FAILED", message: "no registry" });
});
