import { buffer } from "node:stream/consumers";
import { extract, pack } from "tar-stream";

/** Readable by everybody. */
const MODE = 0o444;

export interface TarFile {
  /** Relative, without a leading slash. */
  readonly path: string;
  readonly content: Uint8Array;
}

/** Creates an archive whose bytes depend only on the files: all belong to root and are dated 1970-01-01. */
export async function writeTar(files: readonly TarFile[]): Promise<Uint8Array> {
  const archive = pack();
  for (const { path, content } of files) {
    archive.entry({ name: path, mode: MODE, mtime: new Date(0), uid: 0, gid: 0 }, Buffer.from(content));
  }
  archive.finalize();
  return buffer(archive);
}

/**
 * The plain files of an archive.
 *
 * @throws Error when a path leads out of the folder.
 */
export async function readTar(archive: Uint8Array): Promise<TarFile[]> {
  const reader = extract();
  reader.end(archive);
  const files: TarFile[] = [];
  for await (const entry of reader) {
    const { name, type } = entry.header;
    const path = name.replace(/^(\.?\/)+/, "");
    if (path.split("/").includes(".."))
      throw new Error(`The archive contains a path that leads out of the folder: ${name}`);
    const content = await buffer(entry);
    if (type === "file") files.push({ path, content });
  }
  return files;
}
