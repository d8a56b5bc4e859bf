import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { ROOT } from "./root.ts";

/** Where the pictures of failed comparisons are written. Git ignores it. */
const FAILED = join(ROOT, "dist", "pictures");
/** Fewer than in one letter. Anti-aliasing is not counted. */
const MAX_DIFFERENT_PIXELS = 20;

/** A picture differs from the committed one, or there is none. */
export class PictureMismatchError extends Error {
  override readonly name = "PictureMismatchError";
}

/**
 * Compares a screenshot with the committed picture, or replaces that.
 *
 * @param file of the committed picture; when they differ, the actual picture and the differences are written to
 * `dist/pictures`
 * @throws PictureMismatchError
 */
export function comparePicture(file: string, screenshot: Buffer, update: boolean): void {
  const failed = join(FAILED, basename(file, ".png"));
  rmSync(`${failed}.actual.png`, { force: true });
  rmSync(`${failed}.diff.png`, { force: true });
  const actual = PNG.sync.read(screenshot);
  const expected = existsSync(file) ? PNG.sync.read(readFileSync(file)) : undefined;
  const difference = expected ? compare(expected, actual) : { reason: "there is no committed picture" };
  if (!difference) return;
  if (update) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, screenshot);
    return;
  }
  mkdirSync(FAILED, { recursive: true });
  writeFileSync(`${failed}.actual.png`, screenshot);
  if (difference.diff) writeFileSync(`${failed}.diff.png`, PNG.sync.write(difference.diff));
  throw new PictureMismatchError(
    `${relative(ROOT, file)}: ${difference.reason}. See ${relative(ROOT, failed)}.*.png; ` +
      "if the page is as it should be, run: npm test -- acceptance/sum/pictures -u",
  );
}

interface Difference {
  readonly reason: string;
  /** The committed picture, with the pixels that differ in red. */
  readonly diff?: PNG;
}

function compare(expected: PNG, actual: PNG): Difference | undefined {
  const { width, height } = expected;
  if (width !== actual.width || height !== actual.height) {
    return { reason: `it is ${width} × ${height} pixels, but the page is now ${actual.width} × ${actual.height}` };
  }
  const diff = new PNG({ width, height });
  const different = pixelmatch(expected.data, actual.data, diff.data, width, height, { threshold: 0.1 });
  if (different <= MAX_DIFFERENT_PIXELS) return undefined;
  return { reason: `${different} pixels differ`, diff };
}
