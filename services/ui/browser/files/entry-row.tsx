import type { Entry, FolderEntry } from "../model/entries.ts";
import { countOf, formatDate, formatDay, formatSize } from "../model/format.ts";
import { folderOf } from "../model/keys.ts";
import { folderAddress } from "../model/view.ts";
import { Icon } from "../parts/icon.tsx";
import { Menu, type MenuItem } from "../parts/menu.tsx";
import { EntryIcon } from "./entry-icon.tsx";

export interface EntryRowProps {
  readonly entry: Entry;
  /** Of the list, from zero. */
  readonly index: number;
  /** Whether it is the row that the keyboard is on; only its controls are reached by Tab. */
  readonly isActive: boolean;
  readonly isSelected: boolean;
  /** Whether its folder is shown, in results of a search. */
  readonly showsFolder: boolean;
  readonly actions: readonly MenuItem[];
  readonly onToggle: () => void;
  readonly onOpen: () => void;
}

/** A row of the list. */
export function EntryRow({ entry, index, isActive, isSelected, showsFolder, actions, ...on }: EntryRowProps) {
  const tabIndex = isActive ? 0 : -1;
  const details = entry.kind === "file" ? `${formatSize(entry.size)} · ${formatDay(entry.modified)}` : countText(entry);
  return (
    <tr
      tabIndex={tabIndex}
      data-index={index}
      class={isSelected ? "selected" : ""}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
    >
      <td class="choose">
        <input
          type="checkbox"
          tabIndex={tabIndex}
          checked={isSelected}
          aria-label={`Select ${entry.name}`}
          onChange={on.onToggle}
        />
      </td>
      <td class="name">
        <div>
          <EntryIcon entry={entry} />
          <span class="label">
            {entry.kind === "folder" ? (
              <a href={folderAddress(entry.key)} tabIndex={tabIndex} title={entry.name}>
                {entry.name}
              </a>
            ) : (
              <button type="button" class="plain" tabIndex={tabIndex} title={entry.name} onClick={on.onOpen}>
                {entry.name}
              </button>
            )}
            {showsFolder && <span class="in-folder">in {folderOf(entry.key) || "All files"}</span>}
            {details !== "" && <span class="details">{details}</span>}
          </span>
        </div>
      </td>
      <td class="size">{entry.kind === "file" ? formatSize(entry.size) : countText(entry)}</td>
      <td class="modified">
        {entry.kind === "file" && <time dateTime={entry.modified}>{formatDate(entry.modified)}</time>}
      </td>
      <td class="actions">
        {actions.length > 0 && (
          <Menu label={`Actions for ${entry.name}`} items={actions} tabIndex={tabIndex}>
            <Icon name="more" />
          </Menu>
        )}
      </td>
    </tr>
  );
}

const countText = ({ files }: FolderEntry): string => (files === undefined ? "" : countOf(files, "file"));
