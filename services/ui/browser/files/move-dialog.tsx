import { useState } from "preact/hooks";
import type { Entry } from "../model/entries.ts";
import { explainKeyFault, explainNameFault, folderOf, normalizeFolder } from "../model/keys.ts";
import { Field } from "../parts/field.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import { useServices } from "../parts/services.ts";

interface MoveDialogProps {
  readonly entry: Entry;
  readonly onClose: () => void;
}

/** Gives a file or a folder another name, moves it to another folder, or both. */
export function MoveDialog({ entry, onClose }: MoveDialogProps) {
  const { actions } = useServices();
  const [name, setName] = useState(entry.name);
  const [folder, setFolder] = useState(folderOf(entry.key));
  const key = normalizeFolder(folder) + name + (entry.kind === "folder" ? "/" : "");
  const nameFault = explainNameFault(name, normalizeFolder(folder)) ?? "";
  const folderFault = nameFault === "" ? (explainKeyFault(key) ?? explainOwnFolder(entry, key) ?? "") : "";
  const move = async () => {
    if (nameFault !== "" || folderFault !== "") return;
    if (key !== entry.key) await actions.move(entry, key);
    onClose();
  };
  return (
    <FormDialog title={`Rename or move ${entry.name}`} action="Move" onSubmit={move} onClose={onClose}>
      <Field label="Name" autofocus spellcheck={false} value={name} onValue={setName} error={nameFault} />
      <Field
        label="Folder"
        spellcheck={false}
        value={folder}
        onValue={setFolder}
        error={folderFault}
        hint="Such as team/plans/. A new folder is created; empty is the top."
      />
    </FormDialog>
  );
}

const explainOwnFolder = (entry: Entry, key: string): string | undefined =>
  entry.kind === "folder" && key !== entry.key && key.startsWith(entry.key)
    ? "A folder cannot be moved into itself."
    : undefined;
