import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readTar } from "../../processes/tar.ts";
import type { Image } from "../ecr/ecr.ts";

/** The file systems of images, each laid out once; containers only read them. */
export class ContainerRoots {
  readonly #directory: string;
  /** By digest: copies of a service start at the same time. */
  readonly #unpacking = new Map<string, Promise<string>>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** The folder that is the image's `/`. */
  rootOf(image: Image): Promise<string> {
    const unpacking = this.#unpacking.get(image.digest) ?? this.#unpack(image);
    this.#unpacking.set(image.digest, unpacking);
    return unpacking.finally(() => this.#unpacking.delete(image.digest));
  }

  async #unpack({ digest, layers }: Image): Promise<string> {
    const root = join(this.#directory, digest.replace("sha256:", ""));
    if (existsSync(root)) return root;
    const half = `${root}.half`;
    rmSync(half, { recursive: true, force: true }); // of a killed run
    mkdirSync(half, { recursive: true });
    for (const layer of layers) {
      for (const { path, content } of await readTar(layer)) {
        mkdirSync(dirname(join(half, path)), { recursive: true });
        writeFileSync(join(half, path), content);
      }
    }
    renameSync(half, root);
    return root;
  }
}
