import type { ECRClient } from "@aws-sdk/client-ecr";
import { buildImage } from "../../../images/image.ts";
import { pushImage } from "../../../images/push-image.ts";
import { repositoryUrl } from "../repositories.ts";

/**
 * Pushes an image that runs a Node.js program and sets the variable `FROM_IMAGE`.
 *
 * @returns the URI of the image.
 */
export async function pushProgram(
  client: ECRClient,
  repositoryName: string,
  imageTag: string,
  program: string,
): Promise<string> {
  const dockerfile = {
    copies: [{ from: "index.mjs", to: "/app/index.mjs" }],
    environment: { FROM_IMAGE: "yes" },
    workingDirectory: "/app",
    user: "",
    entrypoint: ["node", "/app/index.mjs"],
  };
  const image = await buildImage(dockerfile, { "index.mjs": Buffer.from(program) });
  const [registry = ""] = repositoryUrl(repositoryName).split("/");
  await pushImage(client, { registry, repositoryName, imageTag }, image);
  return `${repositoryUrl(repositoryName)}:${imageTag}`;
}
