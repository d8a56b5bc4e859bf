import { useState } from "preact/hooks";
import { ApiError, messageOf } from "../api/api-error.ts";
import type { FileEntry } from "../model/entries.ts";
import { explainKeyFault, explainNameFault, folderOf, normalizeFolder } from "../model/keys.ts";
import { Dialog } from "../parts/dialog.tsx";
import { Field, FormError } from "../parts/field.tsx";
import { useServices } from "../parts/services.ts";

export interface MoveDialogProps {
  readonly file: FileEntry;
  readonly onClose: () => void;
}

/** Gives a file another name, moves it to another folder, or both. */
export function MoveDialog({ file, onClose }: MoveDialogProps) {
  const { actions } = useServices();
  const [name, setName] = useState(file.name);
  const [folder, setFolder] = useState(folderOf(file.key));
  const [error, setError] = useState("");
  const [isBusy, setBusy] = useState(false);
  const key = normalizeFolder(folder) + name;
  const nameFault = explainNameFault(name, normalizeFolder(folder)) ?? "";
  const folderFault = nameFault === "" ? (explainKeyFault(key) ?? "") : "";
  const move = async () => {
    if (nameFault !== "" || folderFault !== "") return;
    if (key === file.key) return onClose();
    setBusy(true);
    try {
      await actions.move(file, key);
      onClose();
    } catch (reason) {
      const isTaken = reason instanceof ApiError && reason.code === "FileExists";
      setError(isTaken ? "There is a file with this name. Choose another name or folder." : messageOf(reason));
      setBusy(false);
    }
  };
  return (
    <Dialog title={`Rename or move ${file.name}`} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void move();
        }}
      >
        <Field label="Name" autofocus spellcheck={false} value={name} onValue={setName} error={nameFault} />
        <Field
          label="Folder"
          spellcheck={false}
          value={folder}
          onValue={setFolder}
          error={folderFault}
          hint="Such as team/plans/. A new folder is created; empty is the top."
        />
        {error !== "" && <FormError>{error}</FormError>}
        <p class="buttons">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="primary" disabled={isBusy}>
            {isBusy ? "Moving …" : "Move"}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
