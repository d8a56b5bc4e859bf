import { useState } from "preact/hooks";
import type { FileEntry } from "../model/entries.ts";
import { explainKeyFault, explainNameFault, folderOf, normalizeFolder } from "../model/keys.ts";
import { Field } from "../parts/field.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import { useServices } from "../parts/services.ts";

interface MoveDialogProps {
  readonly file: FileEntry;
  readonly onClose: () => void;
}

/** Gives a file another name, moves it to another folder, or both. */
export function MoveDialog({ file, onClose }: MoveDialogProps) {
  const { actions } = useServices();
  const [name, setName] = useState(file.name);
  const [folder, setFolder] = useState(folderOf(file.key));
  const key = normalizeFolder(folder) + name;
  const nameFault = explainNameFault(name, normalizeFolder(folder)) ?? "";
  const folderFault = nameFault === "" ? (explainKeyFault(key) ?? "") : "";
  const move = async () => {
    if (nameFault !== "" || folderFault !== "") return;
    if (key !== file.key) await actions.move(file, key);
    onClose();
  };
  return (
    <FormDialog title={`Rename or move ${file.name}`} action="Move" onSubmit={move} onClose={onClose}>
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
