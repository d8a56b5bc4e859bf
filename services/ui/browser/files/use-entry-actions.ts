import type { Entry } from "../model/entries.ts";
import { type Me, mayUse } from "../model/grants.ts";
import type { MenuItem } from "../parts/menu.tsx";
import { useServices } from "../parts/services.ts";
import type { OpenDialog } from "./file-dialog.tsx";

export interface EntryActions {
  /** The actions of an entry that the user may use. */
  readonly actionsOf: (entry: Entry) => readonly MenuItem[];
  /** Deletes entries; asks first when there is a folder among them. */
  readonly remove: (entries: readonly Entry[]) => void;
  readonly mayChange: (entry: Entry) => boolean;
}

export function useEntryActions({ grants }: Me, openDialog: (dialog: OpenDialog) => void): EntryActions {
  const { actions } = useServices();
  const mayChange = ({ key }: Entry): boolean => mayUse(grants, "writer", key);
  const remove = (entries: readonly Entry[]): void => {
    if (entries.some(({ kind }) => kind === "folder")) openDialog({ kind: "delete", entries });
    else void actions.delete(entries);
  };
  const fileActions = (entry: Entry): MenuItem[] =>
    entry.kind === "folder"
      ? []
      : [
          { label: "Download", icon: "download", run: () => void actions.download([entry]) },
          { label: "Copy link", icon: "link", run: () => openDialog({ kind: "link", file: entry }) },
        ];
  const changes = (entry: Entry): MenuItem[] => [
    { label: "Rename or move", icon: "pencil", run: () => openDialog({ kind: "move", entry }) },
    { label: "Delete", icon: "trash", isDangerous: true, run: () => remove([entry]) },
  ];
  return {
    actionsOf: (entry) => [...fileActions(entry), ...(mayChange(entry) ? changes(entry) : [])],
    remove,
    mayChange,
  };
}
