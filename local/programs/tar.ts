/** The parts of a tar header (ustar) that matter for files: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html */
const BLOCK = 512;
const fields = { name: [0, 100], size: [124, 136], type: [156, 157], prefix: [345, 500] } as const;

export interface TarFile {
  /** Relative, without a slash at the front. */
  readonly path: string;
  readonly content: Uint8Array;
}

/** The plain files of an archive. Paths that would lead out of the folder are refused. */
export function readTar(archive: Uint8Array): TarFile[] {
  const files: TarFile[] = [];
  for (let offset = 0; offset + BLOCK <= archive.length; ) {
    const header = archive.subarray(offset, offset + BLOCK);
    const name = [text(header, "prefix"), text(header, "name")].filter(Boolean).join("/");
    if (name === "") break;
    const size = Number.parseInt(text(header, "size").trim() || "0", 8);
    const start = offset + BLOCK;
    const type = text(header, "type");
    if (type === "0" || type === "") {
      const path = name.replace(/^(\.?\/)+/, "");
      if (path.split("/").includes("..")) throw new Error(`The archive has a file outside of its folder: ${name}`);
      files.push({ path, content: archive.subarray(start, start + size) });
    }
    offset = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

function text(header: Uint8Array, field: keyof typeof fields): string {
  const [from, to] = fields[field];
  const bytes = header.subarray(from, to);
  const end = bytes.indexOf(0);
  return Buffer.from(end === -1 ? bytes : bytes.subarray(0, end)).toString("utf8");
}
