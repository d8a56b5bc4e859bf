import { useState } from "preact/hooks";
import { explainNameFault, type Prefix } from "../model/keys.ts";
import { folderAddress } from "../model/view.ts";
import { Dialog } from "../parts/dialog.tsx";
import { Field } from "../parts/field.tsx";

export interface NewFolderDialogProps {
  readonly prefix: Prefix;
  readonly onClose: () => void;
}

/** Opens a folder that does not exist yet: a folder exists as soon as a file is in it. */
export function NewFolderDialog({ prefix, onClose }: NewFolderDialogProps) {
  const [name, setName] = useState("");
  const [isSubmitted, setSubmitted] = useState(false);
  const fault = explainNameFault(name, prefix) ?? "";
  return (
    <Dialog title="New folder" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setSubmitted(true);
          if (fault !== "") return;
          onClose();
          location.hash = folderAddress(`${prefix}${name}/`);
        }}
      >
        <Field
          label="Name"
          autofocus
          value={name}
          onValue={setName}
          error={isSubmitted || name !== "" ? fault : ""}
          hint="The folder is kept when the first file is in it."
        />
        <p class="buttons">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="primary">
            Open
          </button>
        </p>
      </form>
    </Dialog>
  );
}
