import { gzipSync } from "node:zlib";
import { writeTar } from "../processes/tar.ts";
import { digestOf } from "./digest.ts";
import type { Dockerfile } from "./dockerfile.ts";

/** A blob of an image, identified by the digest of its content. */
export interface Blob {
  readonly digest: string;
  readonly content: Uint8Array;
}

/** An image in the OCI format, as registries store it: https://github.com/opencontainers/image-spec */
export interface Image {
  readonly manifest: string;
  readonly mediaType: string;
  readonly blobs: readonly Blob[];
}

const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const CONFIG = "application/vnd.oci.image.config.v1+json";
const LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

/**
 * The image of a Dockerfile, with one layer of the files that it copies. The base is left out, because containers run
 * on this machine's Node.js; so a local deployment needs no Docker.
 *
 * @param context the files of the build context by name
 */
export async function buildImage(
  dockerfile: Dockerfile,
  context: Readonly<Record<string, Uint8Array>>,
): Promise<Image> {
  const files = dockerfile.copies.map(({ from, to }) => {
    const content = context[from];
    if (!content) throw new Error(`The build context has no ${from}.`);
    return { path: to.replace(/^\//, ""), content };
  });
  const archive = await writeTar(files);
  const layer = blob(gzipSync(archive));
  const config = blob(
    Buffer.from(
      JSON.stringify({
        architecture: "arm64",
        os: "linux",
        config: {
          User: dockerfile.user,
          WorkingDir: dockerfile.workingDirectory,
          Env: Object.entries(dockerfile.environment).map(([name, value]) => `${name}=${value}`),
          Entrypoint: dockerfile.entrypoint,
        },
        rootfs: { type: "layers", diff_ids: [digestOf(archive)] },
      }),
    ),
  );
  const describe = (mediaType: string, { digest, content }: Blob) => ({ mediaType, digest, size: content.length });
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: describe(CONFIG, config),
    layers: [describe(LAYER, layer)],
  });
  return { manifest, mediaType: MANIFEST, blobs: [config, layer] };
}

const blob = (content: Uint8Array): Blob => ({ digest: digestOf(content), content });
