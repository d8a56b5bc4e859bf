import { readFileSync } from "node:fs";
import type { ECRClient } from "@aws-sdk/client-ecr";
import { buildImage, parseDockerfile, pushImage } from "@nv-demo/local-aws/images";
import { DOCKERFILE, type PushImage } from "./required-images.ts";

/** Builds and pushes images for the local AWS: from the same Dockerfile, without Docker. */
export const pushWithoutDocker =
  (client: ECRClient): PushImage =>
  async ({ name, context }) => {
    const dockerfile = parseDockerfile(readFileSync(DOCKERFILE, "utf8"));
    await pushImage(client, name, await buildImage(dockerfile, context));
  };
