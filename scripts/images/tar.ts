const BLOCK = 512;

export interface TarFile {
  /** Relative, up to 100 bytes. */
  readonly path: string;
  readonly content: Uint8Array;
  readonly mode: number;
}

/** An archive (ustar) that is the same bytes whenever and wherever it is made: files of root, from the start of time. */
export function tar(files: readonly TarFile[]): Uint8Array {
  const blocks = files.flatMap(({ path, content, mode }) => [
    header(path, content.length, mode),
    content,
    new Uint8Array(-content.length & (BLOCK - 1)),
  ]);
  return Buffer.concat([...blocks, new Uint8Array(2 * BLOCK)]);
}

function header(path: string, size: number, mode: number): Uint8Array {
  const bytes = Buffer.alloc(BLOCK);
  if (Buffer.byteLength(path) > 100) throw new RangeError(`The path is too long for the archive: ${path}`);
  bytes.write(path, 0);
  octal(bytes, mode, 100, 8);
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
