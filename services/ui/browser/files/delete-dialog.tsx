import type { Entry } from "../model/entries.ts";
import { countOf } from "../model/format.ts";
import { ConfirmDialog } from "../parts/confirm-dialog.tsx";
import { useServices } from "../parts/services.ts";

interface DeleteDialogProps {
  readonly entries: readonly Entry[];
  readonly onClose: () => void;
}

/** Asks before folders are deleted, because one does not see what is in them. */
export function DeleteDialog({ entries, onClose }: DeleteDialogProps) {
  const { actions } = useServices();
  const [first, ...more] = entries.filter(({ kind }) => kind === "folder");
  const question = {
    title: more.length === 0 ? `Delete the folder ${first?.name}?` : `Delete ${countOf(more.length + 1, "folder")}?`,
    text: "All files in it and below are deleted. You can undo it, and restore the files one by one for 7 days.",
    action: "Delete",
    cancel: "Keep",
    run: async () => {
      onClose();
      await actions.delete(entries);
    },
  };
  return <ConfirmDialog question={question} onClose={onClose} />;
}
