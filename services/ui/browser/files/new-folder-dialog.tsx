import { useState } from "preact/hooks";
import { explainNameFault, type Prefix } from "../model/keys.ts";
import { folderAddress } from "../model/view.ts";
import { Field } from "../parts/field.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";

interface NewFolderDialogProps {
  readonly prefix: Prefix;
  readonly onClose: () => void;
}

/** Opens a folder that does not exist yet: a folder exists as soon as a file is in it. */
export function NewFolderDialog({ prefix, onClose }: NewFolderDialogProps) {
  const [name, setName] = useState("");
  const [isSubmitted, setSubmitted] = useState(false);
  const fault = explainNameFault(name, prefix) ?? "";
  const open = async () => {
    setSubmitted(true);
    if (fault !== "") return;
    onClose();
    location.hash = folderAddress(`${prefix}${name}/`);
  };
  return (
    <FormDialog title="New folder" action="Open" onSubmit={open} onClose={onClose}>
      <Field
        label="Name"
        autofocus
        value={name}
        onValue={setName}
        error={isSubmitted || name !== "" ? fault : ""}
        hint="The folder is kept when the first file is in it."
      />
    </FormDialog>
  );
}
