import { gunzipSync } from "node:zlib";
import type { ImageStore } from "./image-store.ts";

/** The parts of an image that a container requires. */
export interface Image {
  readonly digest: string;
  readonly config: ImageConfig;
  /** Tar archives, the lowest layer first. */
  readonly layers: readonly Uint8Array[];
}

/** https://github.com/opencontainers/image-spec/blob/main/config.md */
export interface ImageConfig {
  readonly Entrypoint?: readonly string[] | null;
  readonly Cmd?: readonly string[] | null;
  readonly Env?: readonly string[] | null;
  readonly WorkingDir?: string;
  readonly User?: string;
}

/** https://github.com/opencontainers/image-spec/blob/main/manifest.md */
export interface ImageManifest {
  readonly config: { readonly digest: string };
  readonly layers: readonly { readonly digest: string; readonly mediaType: string }[];
}

/** Reads the image whose manifest has this digest, its layers decompressed. */
export function readImage(images: Pick<ImageStore, "readBlob">, digest: string): Image {
  const readJson = (blob: string): unknown => JSON.parse(Buffer.from(images.readBlob(blob)).toString("utf8"));
  const manifest = readJson(digest) as ImageManifest;
  const { config = {} } = readJson(manifest.config.digest) as { config?: ImageConfig };
  const layers = manifest.layers.map(({ digest: layer, mediaType }) => {
    const blob = images.readBlob(layer);
    return mediaType.endsWith("gzip") ? gunzipSync(blob) : blob;
  });
  return { digest, config, layers };
}
