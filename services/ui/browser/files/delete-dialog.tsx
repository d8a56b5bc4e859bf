import type { Entry } from "../model/entries.ts";
import { countOf } from "../model/format.ts";
import { Dialog } from "../parts/dialog.tsx";
import { useServices } from "../parts/services.ts";

export interface DeleteDialogProps {
  readonly entries: readonly Entry[];
  readonly onClose: () => void;
}

/** Asks before folders are deleted, because one does not see what is in them. */
export function DeleteDialog({ entries, onClose }: DeleteDialogProps) {
  const { actions } = useServices();
  const folders = entries.filter(({ kind }) => kind === "folder");
  const [first] = folders;
  const title =
    folders.length === 1 ? `Delete the folder ${first?.name}?` : `Delete ${countOf(folders.length, "folder")}?`;
  return (
    <Dialog title={title} onClose={onClose}>
      <p>All files in it and below are deleted. You can undo it, and restore the files one by one for 7 days.</p>
      <p class="buttons">
        <button type="button" autofocus onClick={onClose}>
          Keep
        </button>
        <button
          type="button"
          class="danger"
          onClick={() => {
            onClose();
            void actions.delete(entries);
          }}
        >
          Delete
        </button>
      </p>
    </Dialog>
  );
}
