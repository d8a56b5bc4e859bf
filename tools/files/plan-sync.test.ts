import fc from "fast-check";
import { expect, it } from "vitest";
import { planSync, type SyncFile } from "./plan-sync.ts";

const files = (entries: Record<string, [size: number, modified: number]>) =>
  new Map(Object.entries(entries).map(([path, [size, modified]]): [string, SyncFile] => [path, { size, modified }]));

it("copies what is missing, has another size, or is newer at the source", () => {
  const source = files({ "same.txt": [1, 5], "new.txt": [1, 1], "size.txt": [2, 1], "newer.txt": [1, 9] });
  const destination = files({ "same.txt": [1, 7], "size.txt": [1, 9], "newer.txt": [1, 8], "only.txt": [1, 1] });
  expect(planSync(source, destination)).toEqual({
    copy: ["new.txt", "newer.txt", "size.txt"],
    remove: ["only.txt"],
  });
});

const side = fc
  .dictionary(fc.constantFrom("a", "b", "c/d", "e"), fc.tuple(fc.nat(2), fc.nat(3)))
  .map((entries) => files(entries));

it("has nothing to do after the plan was carried out", () => {
  fc.assert(
    fc.property(side, side, (source, destination) => {
      const { copy, remove } = planSync(source, destination);
      const result = new Map(destination);
      // A transferred file is as new as the transfer.
      for (const path of copy) result.set(path, { size: source.get(path)?.size ?? 0, modified: 100 });
      for (const path of remove) result.delete(path);
      expect(planSync(source, result)).toEqual({ copy: [], remove: [] });
    }),
  );
});
