import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readConfiguration, type Stack } from "../synth/manifest.ts";
import { errorsOf, type Terraform } from "./terraform.ts";

const LOCK_FILE = ".terraform.lock.hcl";

export interface ProviderInstallation {
  /** Where the installing Terraform runs, which no stack's does. */
  readonly folder: string;
  /** `TF_PLUGIN_CACHE_DIR` of every Terraform. */
  readonly cache: string;
  /** The versions to install; else the newest that the stacks allow, or what was installed here before. */
  readonly lock?: string | undefined;
}

/** The registry, a mirror or the network failed. */
export class ProviderInstallationError extends Error {
  override readonly name = "ProviderInstallationError";
  readonly code = "PROVIDER_INSTALLATION_FAILED";
}

/**
 * Installs the stacks' providers once, into the cache, and gives every stack the same lock file. After it the `init`s of many stacks at the same time only
 * read the cache: to write it together is not safe (https://developer.hashicorp.com/terraform/cli/config/config-file#provider-plugin-cache).
 *
 * @returns the lock file's text.
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
  if (!first) throw new ProviderInstallationError("There are no stacks to install a provider for.");
  const { required_providers } = readConfiguration(first).terraform; // every stack's are the same: stacks/base-stack.ts
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ terraform: { required_providers } }));
  const installed = await terraform.run(folder, ["init", "-input=false", "-no-color"]);
  if (installed.code !== 0) throw new ProviderInstallationError(errorsOf(installed));
  for (const { directory } of stacks) copyFileSync(file, join(directory, LOCK_FILE));
  return readFileSync(file, "utf8");
}
