import { useState } from "preact/hooks";
import type { FileEntry } from "../model/entries.ts";
import { formatDate, formatSize } from "../model/format.ts";
import { folderOf } from "../model/keys.ts";
import { Dialog } from "../parts/dialog.tsx";
import { Icon } from "../parts/icon.tsx";
import type { MenuItem } from "../parts/menu.tsx";
import { Preview } from "./preview.tsx";
import { Versions } from "./versions.tsx";

export interface DetailsDialogProps {
  readonly file: FileEntry;
  readonly actions: readonly MenuItem[];
  readonly mayChange: boolean;
  readonly onClose: () => void;
}

/** A file: its content, what is known about it, and what can be done with it. */
export function DetailsDialog({ file, actions, mayChange, onClose }: DetailsDialogProps) {
  const [showsVersions, setShowsVersions] = useState(false);
  return (
    <Dialog title={file.name} wide onClose={onClose}>
      <Preview file={file} />
      <dl class="facts">
        <dt>Folder</dt>
        <dd>{folderOf(file.key) || "All files"}</dd>
        <dt>Size</dt>
        <dd>{formatSize(file.size)}</dd>
        <dt>Type</dt>
        <dd>{file.type}</dd>
        <dt>Modified</dt>
        <dd>
          <time dateTime={file.modified}>{formatDate(file.modified)}</time>
        </dd>
      </dl>
      <p class="buttons">
        <button type="button" aria-expanded={showsVersions} onClick={() => setShowsVersions(!showsVersions)}>
          <Icon name="clock" />
          Versions
        </button>
        {actions.map(({ label, icon, isDangerous, run }) => (
          <button
            key={label}
            type="button"
            class={isDangerous ? "danger-text" : ""}
            onClick={() => {
              if (isDangerous) onClose();
              run();
            }}
          >
            <Icon name={icon} />
            {label}
          </button>
        ))}
      </p>
      {showsVersions && <Versions file={file} mayRestore={mayChange} onRestored={onClose} />}
    </Dialog>
  );
}
