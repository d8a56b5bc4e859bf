import type { Entry, FileEntry } from "../model/entries.ts";
import type { Prefix } from "../model/keys.ts";
import type { MenuItem } from "../parts/menu.tsx";
import { DeleteDialog } from "./delete-dialog.tsx";
import { DetailsDialog } from "./details-dialog.tsx";
import { LinkDialog } from "./link-dialog.tsx";
import { MoveDialog } from "./move-dialog.tsx";
import { NewFolderDialog } from "./new-folder-dialog.tsx";

/** The dialog that is open. */
export type OpenDialog =
  | { readonly kind: "details" | "link"; readonly file: FileEntry }
  | { readonly kind: "move"; readonly entry: Entry }
  | { readonly kind: "delete"; readonly entries: readonly Entry[] }
  | { readonly kind: "new-folder"; readonly prefix: Prefix };

export interface FileDialogProps {
  readonly open: OpenDialog;
  readonly actions: readonly MenuItem[];
  readonly mayChange: boolean;
  readonly onClose: () => void;
}

export function FileDialog({ open, actions, mayChange, onClose }: FileDialogProps) {
  switch (open.kind) {
    case "details":
      return <DetailsDialog file={open.file} actions={actions} mayChange={mayChange} onClose={onClose} />;
    case "move":
      return <MoveDialog entry={open.entry} onClose={onClose} />;
    case "link":
      return <LinkDialog file={open.file} onClose={onClose} />;
    case "delete":
      return <DeleteDialog entries={open.entries} onClose={onClose} />;
    case "new-folder":
      return <NewFolderDialog prefix={open.prefix} onClose={onClose} />;
  }
}
