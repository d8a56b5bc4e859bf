import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../command-line/errors.ts";
import { readConfiguration } from "../synth/configuration.ts";
import type { Stack } from "../synth/manifest.ts";
import { errorsOf, type Terraform } from "./terraform.ts";

const LOCK_FILE = ".terraform.lock.hcl";

export interface ProviderInstallation {
  /** The folder of the installing Terraform; no stack uses it. */
  readonly folder: string;
  /** The `TF_PLUGIN_CACHE_DIR` of every Terraform. */
  readonly cache: string;
  /**
   * A lock file with the versions to install; default: those installed here before, or the newest that the stacks
   * allow.
   */
  readonly lock?: string | undefined;
}

/** `terraform init` could not install the providers. */
export class ProviderInstallationError extends CommandError {
  override readonly name = "ProviderInstallationError";
  readonly code = "PROVIDER_INSTALLATION_FAILED";
}

/**
 * Installs the providers of the stacks once, into the plugin cache, and copies the same lock file to every stack.
 * After that, concurrent `init` commands only read the cache; concurrent writes to it are not safe
 * (https://developer.hashicorp.com/terraform/cli/config/config-file#provider-plugin-cache).
 *
 * @returns the text of the lock file.
 * @throws ProviderInstallationError
 */
export async function installProviders(
  terraform: Terraform,
  stacks: readonly Stack[],
  { folder, cache, lock }: ProviderInstallation,
): Promise<string> {
  for (const path of [folder, cache]) mkdirSync(path, { recursive: true });
  const file = join(folder, LOCK_FILE);
  if (lock !== undefined) writeFileSync(file, lock);
  const [first] = stacks;
  if (!first) throw new ProviderInstallationError("There are no stacks to install providers for.");
  // The same in every stack: stacks/base/base-stack.ts.
  const { required_providers } = readConfiguration(first).terraform;
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ terraform: { required_providers } }));
  const installed = await terraform.run(folder, ["init", "-input=false", "-no-color"]);
  if (installed.code !== 0) throw new ProviderInstallationError(errorsOf(installed));
  for (const { directory } of stacks) copyFileSync(file, join(directory, LOCK_FILE));
  return readFileSync(file, "utf8");
}
