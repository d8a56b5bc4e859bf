import { useCallback, useEffect, useState } from "preact/hooks";
import type { Entry } from "../model/entries.ts";
import { type Me, mayUse } from "../model/grants.ts";
import { nameOf, type Prefix } from "../model/keys.ts";
import { extend, noSelection, retain, type Selection, toggle } from "../model/selection.ts";
import { folderAddress } from "../model/view.ts";
import { Icon } from "../parts/icon.tsx";
import { useServices } from "../parts/services.ts";
import { useStore } from "../parts/use-store.ts";
import { useTitle } from "../parts/use-title.ts";
import { DropZone } from "../uploads/drop-zone.tsx";
import { UploadButton } from "../uploads/upload-button.tsx";
import type { NewUpload } from "../uploads/upload-queue.ts";
import { Breadcrumb } from "./breadcrumb.tsx";
import { EntryTable } from "./entry-table.tsx";
import { FileDialog, type OpenDialog } from "./file-dialog.tsx";
import { EmptyFolder, ListFailed, ListLoading, NothingFound } from "./list-states.tsx";
import { SearchField } from "./search-field.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import { useEntryActions } from "./use-entry-actions.ts";

export interface FilesViewProps {
  readonly me: Me;
  readonly prefix: Prefix;
  readonly search: string;
}

/** A folder: where it is, what is in it, and what can be done with it. */
export function FilesView({ me, prefix, search }: FilesViewProps) {
  const { listing, uploads, actions } = useServices();
  const state = useStore(listing.state);
  const [selection, setSelection] = useState<Selection>(noSelection);
  const [dialog, setDialog] = useState<OpenDialog>();
  const title = nameOf(prefix) || "All files";
  useTitle(title);
  useEffect(() => {
    setSelection(noSelection);
    void listing.open(prefix, search);
  }, [listing, prefix, search]);
  const addFiles = useCallback((files: readonly NewUpload[]) => uploads.add(files), [uploads]);
  const { actionsOf, remove, mayChange } = useEntryActions(me, setDialog);

  const keys = state.entries.map(({ key }) => key);
  const kept = retain(selection, keys);
  const chosen = state.entries.filter(({ key }) => kept.keys.has(key));
  const isCurrent = state.prefix === prefix && state.search === search;
  const isLoading = state.status === "loading" || !isCurrent;
  const mayUpload = mayUse(me.grants, "writer", prefix);
  const openEntry = (entry: Entry) => {
    if (entry.kind === "folder") location.hash = folderAddress(entry.key);
    else setDialog({ kind: "details", file: entry });
  };
  const onShortcut = (entry: Entry, shortcut: "rename" | "delete") => {
    if (!mayChange(entry)) return;
    if (shortcut === "delete") remove(chosen.length > 0 ? chosen : [entry]);
    else setDialog({ kind: "move", entry });
  };
  return (
    <>
      <div class="toolbar">
        <Breadcrumb prefix={prefix} />
        {chosen.length > 0 ? (
          <SelectionBar
            entries={chosen}
            mayDelete={chosen.every(mayChange)}
            onDownload={() => void actions.download(chosen)}
            onDelete={() => remove(chosen)}
            onClear={() => setSelection({ ...kept, keys: new Set() })}
          />
        ) : (
          <>
            <SearchField prefix={prefix} search={search} />
            {mayUpload && (
              <>
                <button type="button" onClick={() => setDialog({ kind: "new-folder", prefix })}>
                  <Icon name="plus" />
                  New folder
                </button>
                <UploadButton prefix={prefix} onFiles={addFiles} />
              </>
            )}
          </>
        )}
      </div>
      <h1 class="hidden">{title}</h1>
      {state.status === "error" && isCurrent ? (
        <ListFailed message={state.error} onRetry={() => void listing.reload()} />
      ) : state.entries.length > 0 ? (
        <EntryTable
          label={search === "" ? prefix || "All files" : `Files that match ${search}`}
          entries={state.entries}
          isBusy={isLoading}
          sort={search === "" ? state.sort : undefined}
          hasMore={state.hasMore}
          selection={kept}
          actionsOf={actionsOf}
          onSort={(field) => void listing.sortBy(field)}
          onSelect={(index, isExtended) =>
            setSelection(isExtended ? extend(kept, keys, index) : toggle(kept, keys[index] ?? "", index))
          }
          onSelectAll={() =>
            setSelection({ ...kept, keys: kept.keys.size === keys.length ? new Set() : new Set(keys) })
          }
          onActivate={(active) => setSelection((current) => ({ ...current, active }))}
          onOpen={openEntry}
          onShortcut={onShortcut}
          onEnd={() => void listing.more()}
        />
      ) : isLoading ? (
        <ListLoading />
      ) : search === "" ? (
        <EmptyFolder prefix={prefix}>
          <p>{mayUpload ? "Drop files or folders here, or choose them with Upload." : "You may read here only."}</p>
        </EmptyFolder>
      ) : (
        <NothingFound search={search} prefix={prefix} />
      )}
      {state.isLoadingMore && <p class="more-rows">Loading more …</p>}
      <DropZone prefix={prefix} onFiles={mayUpload ? addFiles : undefined} />
      {dialog && (
        <FileDialog
          open={dialog}
          actions={"file" in dialog ? actionsOf(dialog.file) : []}
          mayChange={"file" in dialog && mayChange(dialog.file)}
          onClose={() => setDialog(undefined)}
        />
      )}
    </>
  );
}
