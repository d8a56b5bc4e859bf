import { useState } from "preact/hooks";
import { folderOf, nameOf } from "../model/keys.ts";
import { Dialog } from "../parts/dialog.tsx";
import type { Conflict } from "./conflicts.ts";
import type { Resolution } from "./uploader.ts";

/** Asks what to do with a file whose name is taken. */
export function ConflictDialog({ conflict: { key, answer } }: { readonly conflict: Conflict }) {
  const [forAll, setForAll] = useState(false);
  const choose = (resolution: Resolution) => () => answer(resolution, forAll);
  return (
    <Dialog title={`${nameOf(key)} exists already`} onClose={choose("skip")}>
      <p>
        {folderOf(key) === "" ? "All files" : folderOf(key)} already contains a file with this name. Replacing it keeps
        the present one as an older version.
      </p>
      <label class="check">
        <input type="checkbox" checked={forAll} onChange={({ currentTarget }) => setForAll(currentTarget.checked)} />
        Do this for all files with names that are taken
      </label>
      <p class="buttons">
        <button type="button" onClick={choose("skip")}>
          Skip
        </button>
        <button type="button" onClick={choose("replace")}>
          Replace
        </button>
        <button type="button" class="primary" onClick={choose("keep-both")}>
          Keep both
        </button>
      </p>
    </Dialog>
  );
}
