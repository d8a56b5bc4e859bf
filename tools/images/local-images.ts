import { readFileSync } from "node:fs";
import type { ECRClient } from "@aws-sdk/client-ecr";
import { buildImage, parseDockerfile, pushImage } from "@nv-demo/local-aws/images";
import { DOCKERFILE, type Push } from "./wanted-images.ts";

/** Images for the local AWS: by the same Dockerfile, without Docker. */
export const pushToLocal =
  (client: ECRClient): Push =>
  async ({ name, context }) => {
    const dockerfile = parseDockerfile(readFileSync(DOCKERFILE, "utf8"));
    await pushImage(client, name, await buildImage(dockerfile, context));
  };
