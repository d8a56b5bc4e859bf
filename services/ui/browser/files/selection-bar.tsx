import type { Entry } from "../model/entries.ts";
import { formatSize } from "../model/format.ts";
import { Icon } from "../parts/icon.tsx";

export interface SelectionBarProps {
  readonly entries: readonly Entry[];
  readonly mayDelete: boolean;
  readonly onDownload: () => void;
  readonly onDelete: () => void;
  readonly onClear: () => void;
}

/** What can be done with the chosen entries, in place of the tools of the folder. */
export function SelectionBar({ entries, mayDelete, ...on }: SelectionBarProps) {
  const files = entries.filter((entry) => entry.kind === "file");
  const size = files.reduce((sum, file) => sum + file.size, 0);
  return (
    <div class="selection" role="toolbar" aria-label="Selection">
      <span role="status">
        {entries.length} selected
        {files.length > 0 && `, ${formatSize(size)}`}
      </span>
      {files.length > 0 && (
        <button type="button" onClick={on.onDownload}>
          <Icon name="download" />
          Download
        </button>
      )}
      {mayDelete && (
        <button type="button" class="danger-text" onClick={on.onDelete}>
          <Icon name="trash" />
          Delete
        </button>
      )}
      <button type="button" class="quiet" onClick={on.onClear}>
        Clear
      </button>
    </div>
  );
}
