/** Archives of plain files, in the form ustar: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html */
const BLOCK = 512;
/** Parts of a header, from byte to byte. */
const fields = { name: [0, 100], size: [124, 136], type: [156, 157], prefix: [345, 500] } as const;

export interface TarFile {
  /** Relative, without a slash at the front. */
  readonly path: string;
  readonly content: Uint8Array;
}

/** An archive that is the same bytes whenever and wherever it is made: files of root from the start of time, which everybody may read. */
export function writeTar(files: readonly TarFile[]): Uint8Array {
  const blocks = files.flatMap(({ path, content }) => [
    header(path, content.length),
    content,
    new Uint8Array(-content.length & (BLOCK - 1)),
  ]);
  return Buffer.concat([...blocks, new Uint8Array(2 * BLOCK)]);
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

const READABLE = 0o444;

function header(path: string, size: number): Uint8Array {
  const bytes = Buffer.alloc(BLOCK);
  if (Buffer.byteLength(path) > 100) throw new RangeError(`The path is too long for the archive: ${path}`);
  bytes.write(path, 0);
  octal(bytes, READABLE, 100, 8);
  octal(bytes, 0, 108, 8); // user
  octal(bytes, 0, 116, 8); // group
  octal(bytes, size, 124, 12);
  octal(bytes, 0, 136, 12); // time
  bytes.fill(" ", 148, 156); // the checksum counts as spaces
  bytes.write("0", 156); // a plain file
  bytes.write("ustar\u000000", 257);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, "0")}\u0000 `, 148);
  return bytes;
}

function octal(bytes: Buffer, value: number, at: number, width: number): void {
  bytes.write(value.toString(8).padStart(width - 1, "0"), at);
}
