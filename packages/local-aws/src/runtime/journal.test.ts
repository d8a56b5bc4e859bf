import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Journal } from "./journal.ts";
import { DamagedFileError } from "./local-aws-error.ts";

let directory: string;
let path: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "local-aws-journal-"));
  path = join(directory, "journal.jsonl");
});
afterEach(() => rmSync(directory, { recursive: true }));

function reopened(): [string, number][] {
  const journal = new Journal<number>(path);
  const entries = journal.entries();
  journal.close();
  return entries;
}

describe("Journal", () => {
  it("has the same entries as a map after the same changes, also when reopened", () => {
    const key = fc.constantFrom("a", "b", "c", "");
    const change = fc.oneof(
      fc.record({ key, value: fc.integer() }),
      fc.record({ key, value: fc.constant(undefined) }),
      fc.record({ reopen: fc.constant(true) }),
    );
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        rmSync(path, { force: true });
        const model = new Map<string, number>();
        let journal = new Journal<number>(path);
        for (const step of changes) {
          if ("reopen" in step) {
            journal.close();
            journal = new Journal(path);
          } else if (step.value === undefined) {
            expect(journal.delete(step.key)).toBe(model.delete(step.key));
          } else {
            journal.set(step.key, step.value);
            model.set(step.key, step.value);
          }
        }
        expect(journal.entries()).toEqual([...model]);
        journal.close();
        expect(reopened()).toEqual([...model]);
      }),
      { numRuns: 60 },
    );
  });

  it("removes superseded lines from the file, while it is open", () => {
    const journal = new Journal<number>(path);
    for (let value = 0; value < 3_000; value += 1) journal.set(String(value % 10), value);
    expect(readFileSync(path, "utf8").split("\n").length).toBeLessThan(1_100);
    const entries = journal.entries();
    journal.close();
    expect(reopened()).toEqual(entries);
  });

  it("removes an incomplete last line, wherever it ends", () => {
    const journal = new Journal<number>(path);
    journal.set("kept", 1);
    const whole = readFileSync(path).length;
    journal.set("torn", 2);
    journal.close();
    const end = readFileSync(path).length;
    for (let length = end - 1; length >= whole; length -= 1) {
      truncateSync(path, length);
      expect(reopened()).toEqual([["kept", 1]]);
    }
  });

  it("applies a commit completely or not at all", () => {
    const journal = new Journal<number>(path);
    journal.commit([
      ["a", 1],
      ["b", 2],
    ]);
    journal.close();
    expect(reopened()).toEqual([
      ["a", 1],
      ["b", 2],
    ]);
    truncateSync(path, readFileSync(path).length - 2);
    expect(reopened()).toEqual([]);
  });

  it("rewrites a file of mostly superseded lines and keeps the current values", () => {
    appendFileSync(path, Array.from({ length: 2_000 }, (_, value) => `["counter",${value}]\n`).join(""));
    expect(reopened()).toEqual([["counter", 1_999]]);
    expect(readFileSync(path, "utf8").trimEnd().split("\n")).toHaveLength(1);
  });

  it("names the damaged line of a file that is not a journal", () => {
    appendFileSync(path, '["a",1]\nnot json\n');
    expect(() => new Journal(path)).toThrow(DamagedFileError);
    expect(() => new Journal(path)).toThrow(`Line 2 of ${path} is damaged: Unexpected token`);
  });
});
