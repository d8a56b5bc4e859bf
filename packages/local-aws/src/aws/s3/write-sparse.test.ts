import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { writeSparse } from "./write-sparse.ts";

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "write-sparse-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

async function write(chunks: readonly Uint8Array[]) {
  const path = join(directory, "file");
  rmSync(path, { force: true });
  const file = await open(path, "wx");
  try {
    const size = await writeSparse(
      file,
      (async function* () {
        yield* chunks;
      })(),
    );
    return { size, path };
  } finally {
    await file.close();
  }
}

const zeros = fc.integer({ min: 0, max: 200_000 }).map((length) => new Uint8Array(length));
const bytes = fc.uint8Array({ maxLength: 100 });

it("writes any sequence of zeros and other bytes", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(zeros, bytes), { maxLength: 8 }), async (chunks) => {
      const { size, path } = await write(chunks);
      const expected = Buffer.concat(chunks);
      expect(size).toBe(expected.length);
      expect(readFileSync(path).equals(expected)).toBe(true);
    }),
    { numRuns: 100 },
  );
});

it("needs almost no space for zeros", async () => {
  const chunk = new Uint8Array(1024 ** 2);
  const { size, path } = await write([Uint8Array.of(1), ...Array<Uint8Array>(100).fill(chunk), Uint8Array.of(2)]);
  expect(size).toBe(100 * chunk.length + 2);
  expect(statSync(path).blocks * 512).toBeLessThan(chunk.length);
});
