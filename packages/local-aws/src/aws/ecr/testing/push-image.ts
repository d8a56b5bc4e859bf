import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import {
  CompleteLayerUploadCommand,
  type ECRClient,
  InitiateLayerUploadCommand,
  PutImageCommand,
  UploadLayerPartCommand,
} from "@aws-sdk/client-ecr";
import { writeTar } from "../../../processes/tar.ts";
import { repositoryUrl } from "../repositories.ts";

/**
 * Pushes an image that runs a Node.js program and sets the variable `FROM_IMAGE`.
 *
 * @returns the URI of the image.
 */
export async function pushImage(
  client: ECRClient,
  repositoryName: string,
  imageTag: string,
  program: string,
): Promise<string> {
  const upload = (content: Uint8Array) => uploadLayer(client, repositoryName, content);
  const archive = await writeTar([{ path: "app/index.mjs", content: Buffer.from(program) }]);
  const layer = await upload(gzipSync(archive));
  const config = { Entrypoint: ["node", "/app/index.mjs"], WorkingDir: "/app", Env: ["FROM_IMAGE=yes"] };
  const imageManifest = JSON.stringify({
    schemaVersion: 2,
    config: { digest: await upload(Buffer.from(JSON.stringify({ config }))) },
    layers: [{ digest: layer, mediaType: "application/vnd.oci.image.layer.v1.tar+gzip" }],
  });
  await client.send(new PutImageCommand({ repositoryName, imageManifest, imageTag }));
  return `${repositoryUrl(repositoryName)}:${imageTag}`;
}

/** @returns the digest of the layer. */
async function uploadLayer(client: ECRClient, repositoryName: string, content: Uint8Array): Promise<string> {
  const digest = `sha256:${createHash("sha256").update(content).digest("hex")}`;
  const { uploadId } = await client.send(new InitiateLayerUploadCommand({ repositoryName }));
  await client.send(
    new UploadLayerPartCommand({
      repositoryName,
      uploadId,
      partFirstByte: 0,
      partLastByte: content.length - 1,
      layerPartBlob: content,
    }),
  );
  await client.send(new CompleteLayerUploadCommand({ repositoryName, uploadId, layerDigests: [digest] }));
  return digest;
}
