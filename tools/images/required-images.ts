import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ImageName } from "@nv-demo/local-aws/images";
import { unzipSync } from "fflate";
import type { Environment } from "../../stacks/environment/environment.ts";
import { ROOT } from "../paths/root.ts";
import type { Configuration } from "../synth/configuration.ts";

/** An image that the stacks run. */
export interface RequiredImage {
  readonly uri: string;
  readonly name: ImageName;
  /** The build context: the files of the service's bundle. */
  readonly context: Readonly<Record<string, Uint8Array>>;
}

/** Builds an image and pushes it. */
export type PushImage = (image: RequiredImage) => Promise<void>;

/** The Dockerfile of every image. */
export const DOCKERFILE = join(ROOT, "services", "Dockerfile");

/**
 * The images that the stacks run, by the outputs `<service>_image` of the stack of the repositories. They are known
 * before it is applied: the URI of a repository consists of the account, the region and its name
 * (https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html).
 *
 * @param output the folder that the stacks were synthesized to, which contains the bundles.
 */
export function requiredImages(
  { resource = {}, output: outputs = {} }: Partial<Pick<Configuration, "resource" | "output">>,
  { accountId, region }: Pick<Environment, "accountId" | "region">,
  output: string,
): RequiredImage[] {
  const registry = `${accountId}.dkr.ecr.${region}.amazonaws.com`;
  return Object.entries(outputs).flatMap(([key, { value }]) => {
    const [, service] = /^(\w+)_image$/.exec(key) ?? [];
    const [, id = "", imageTag = ""] =
      /^\$\{aws_ecr_repository\.([\w-]+)\.repository_url\}:(\w+)$/.exec(String(value)) ?? [];
    const repositoryName = resource.aws_ecr_repository?.[id]?.name;
    if (service === undefined || typeof repositoryName !== "string") return [];
    const context = unzipSync(readFileSync(join(output, "bundles", `${service}.zip`)));
    return [
      { uri: `${registry}/${repositoryName}:${imageTag}`, name: { registry, repositoryName, imageTag }, context },
    ];
  });
}
