import { readFileSync } from "node:fs";
import type { ECRClient } from "@aws-sdk/client-ecr";
import { DOCKERFILE, type Push } from "./bring-images.ts";
import { parseDockerfile } from "./dockerfile.ts";
import { buildImage } from "./image.ts";
import { pushImage } from "./push-image.ts";

/** Images for the stand-in: by the same Dockerfile, without Docker. */
export const pushToLocal =
  (client: ECRClient): Push =>
  async ({ name, context }) => {
    const dockerfile = parseDockerfile(readFileSync(DOCKERFILE, "utf8"));
    await pushImage(client, name, buildImage(dockerfile, context));
  };
