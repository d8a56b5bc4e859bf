import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PNG } from "pngjs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { comparePicture, PictureMismatchError } from "../support/pictures.ts";
import { ROOT } from "../support/root.ts";

const FAILED = join(ROOT, "dist", "pictures");
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nv-demo-pictures-"));
  file = join(folder, "picture-comparison.png");
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  for (const kind of ["actual", "diff"]) rmSync(join(FAILED, `picture-comparison.${kind}.png`), { force: true });
});

/** A white picture with a number of black pixels in its first row. */
function picture(black: number, height = 40): Buffer {
  const png = new PNG({ width: 100, height });
  png.data.fill(255);
  for (let pixel = 0; pixel < black; pixel += 1) png.data.fill(0, pixel * 4, pixel * 4 + 3);
  return PNG.sync.write(png);
}

describe("comparing a screenshot with a committed picture", () => {
  it("accepts the same picture, and one that differs in a few pixels", () => {
    comparePicture(file, picture(0), true);
    comparePicture(file, picture(0), false);
    comparePicture(file, picture(15), false);
  });

  it("rejects another picture, writes the differences, and names the command that updates it", () => {
    comparePicture(file, picture(0), true);
    expect(() => comparePicture(file, picture(60), false)).toThrow(PictureMismatchError);
    expect(() => comparePicture(file, picture(60), false)).toThrow("npm test -- acceptance/sum/pictures -u");
    expect(existsSync(join(FAILED, "picture-comparison.actual.png"))).toBe(true);
    expect(existsSync(join(FAILED, "picture-comparison.diff.png"))).toBe(true);
    comparePicture(file, picture(60), true);
    expect(readFileSync(file)).toEqual(picture(60));
    expect(existsSync(join(FAILED, "picture-comparison.diff.png"))).toBe(false);
  });

  it("rejects a picture of another size, and one that is not committed", () => {
    expect(() => comparePicture(file, picture(0), false)).toThrow("there is no committed picture");
    comparePicture(file, picture(0), true);
    expect(() => comparePicture(file, picture(0, 50), false)).toThrow(
      "it is 100 × 40 pixels, but the page is now 100 × 50",
    );
  });
});
