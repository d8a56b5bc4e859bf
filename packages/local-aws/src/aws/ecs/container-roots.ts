import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readTar } from "../../processes/tar.ts";
import type { Image } from "../ecr/image.ts";

/** The file systems of images. Each image is unpacked once; its containers share the directory and only read it. */
export class ContainerRoots {
  readonly #directory: string;
  /** By digest, because several tasks of a service start at the same time. */
  readonly #unpacking = new Map<string, Promise<string>>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Returns the directory that is the root (`/`) of the image. */
  rootOf(image: Image): Promise<string> {
    const unpacking = this.#unpacking.get(image.digest) ?? this.#unpack(image);
    this.#unpacking.set(image.digest, unpacking);
    return unpacking.finally(() => this.#unpacking.delete(image.digest));
  }

  async #unpack({ digest, layers }: Image): Promise<string> {
    const root = join(this.#directory, digest.replace("sha256:", ""));
    if (existsSync(root)) return root;
    const incomplete = `${root}.half`;
    rmSync(incomplete, { recursive: true, force: true }); // Left by a run that was killed.
    mkdirSync(incomplete, { recursive: true });
    for (const layer of layers) {
      for (const { path, content } of await readTar(layer)) {
        mkdirSync(dirname(join(incomplete, path)), { recursive: true });
        writeFileSync(join(incomplete, path), content);
      }
    }
    renameSync(incomplete, root);
    return root;
  }
}
