import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ImageName } from "@nv-demo/local-aws/images";
import { unzipSync } from "fflate";
import type { Environment } from "../../stacks/environment/environment.ts";

/** A service whose image is wanted. */
export interface WantedImage {
  readonly uri: string;
  readonly name: ImageName;
  /** The files of its bundle: its build context. */
  readonly context: Readonly<Record<string, Uint8Array>>;
}

/** Builds an image and pushes it. */
export type Push = (image: WantedImage) => Promise<void>;

/** The Dockerfile of every image. */
export const DOCKERFILE = fileURLToPath(new URL("../../services/Dockerfile", import.meta.url));

/** The stack with the repositories, as it was synthesized. */
export interface ImagesConfiguration {
  readonly resource?: { readonly aws_ecr_repository?: Readonly<Record<string, { readonly name: string }>> };
  readonly output?: Readonly<Record<string, { readonly value: unknown }>>;
}

/**
 * The images that the stacks run, by the stack's outputs `<service>_image`. They are known before it is applied: a repository's address is made of the
 * account, the region and its name (https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html).
 *
 * @param output the folder that the stacks were synthesized to, with the bundles in it
 */
export function wantedImages(
  { resource, output: outputs = {} }: ImagesConfiguration,
  { accountId, region }: Pick<Environment, "accountId" | "region">,
  output: string,
): WantedImage[] {
  const registry = `${accountId}.dkr.ecr.${region}.amazonaws.com`;
  return Object.entries(outputs).flatMap(([key, { value }]) => {
    const [, service] = /^(\w+)_image$/.exec(key) ?? [];
    const [, id = "", imageTag = ""] =
      /^\$\{aws_ecr_repository\.([\w-]+)\.repository_url\}:(\w+)$/.exec(String(value)) ?? [];
    const repositoryName = resource?.aws_ecr_repository?.[id]?.name;
    if (service === undefined || repositoryName === undefined) return [];
    const context = unzipSync(readFileSync(join(output, "bundles", `${service}.zip`)));
    return [
      { uri: `${registry}/${repositoryName}:${imageTag}`, name: { registry, repositoryName, imageTag }, context },
    ];
  });
}
