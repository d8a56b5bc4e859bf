import { useEffect, useState } from "preact/hooks";
import { countOf, formatSize } from "../model/format.ts";
import { Icon } from "../parts/icon.tsx";
import { useServices } from "../parts/services.ts";
import { useStore } from "../parts/use-store.ts";
import { ConflictDialog } from "./conflict-dialog.tsx";
import { InterruptedRow } from "./interrupted-row.tsx";
import { hasEnded, summarize, type UploadItem, type UploadStatus, type UploadSummary } from "./upload-state.ts";

/** At most as many are shown, the newest first: thousands would slow down the page. */
const MAX_SHOWN = 100;

/** The uploads, with their progress. It appears with the first one. */
export function UploadPanel() {
  const { uploads } = useServices();
  const items = useStore(uploads.items);
  const conflict = useStore(uploads.conflicts.current);
  const [isOpen, setOpen] = useState(true);
  const summary = summarize(items);
  useWarning(summary.left > 0);
  const interrupted = useStore(uploads.interrupted);
  useEffect(() => uploads.findInterrupted(), [uploads]);
  if (items.length === 0 && interrupted.length === 0) return null;
  const ordered = items.toReversed().toSorted((one, other) => rankOf(one) - rankOf(other));
  return (
    <section class="uploads" aria-label="Uploads">
      <header>
        <h2>
          <span role="status">{titleOf(summary, interrupted.length)}</span>
        </h2>
        <button type="button" class="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? "Hide" : "Show"}
        </button>
        {summary.left === 0 && items.length > 0 && (
          <button type="button" class="quiet square" aria-label="Close the uploads" onClick={() => uploads.clear()}>
            <Icon name="close" />
          </button>
        )}
      </header>
      {summary.left > 0 && <progress max={100} value={summary.percent} aria-label="All uploads" />}
      {isOpen && (
        <ul>
          {interrupted.map((upload) => (
            <InterruptedRow key={upload.uploadId} upload={upload} />
          ))}
          {ordered.slice(0, MAX_SHOWN).map((item) => (
            <UploadRow key={item.id} item={item} />
          ))}
          {ordered.length > MAX_SHOWN && <li class="hint">and {countOf(ordered.length - MAX_SHOWN, "more file")}</li>}
        </ul>
      )}
      {conflict && <ConflictDialog key={conflict.key} conflict={conflict} />}
    </section>
  );
}

const order: readonly UploadStatus[] = ["failed", "uploading", "paused", "waiting", "done"];
const rankOf = ({ status }: UploadItem): number => order.indexOf(status);

function titleOf({ left, failed, done, total, percent }: UploadSummary, interrupted: number): string {
  if (total === 0) return `${countOf(interrupted, "upload")} interrupted`;
  if (left > 0) return `Uploading ${countOf(left, "file")}, ${percent} %`;
  if (failed > 0) return `${failed} of ${countOf(total, "file")} failed`;
  return `Uploaded ${countOf(done, "file")}`;
}

function UploadRow({ item }: { readonly item: UploadItem }) {
  const { uploads } = useServices();
  const { id, name, size, sent, status, error } = item;
  const isRunning = !hasEnded(item);
  return (
    <li class="upload">
      <div class="about">
        <span class="file-name" title={item.key}>
          {name}
        </span>
        <span class={status === "failed" ? "hint bad" : "hint"}>{stateText(item)}</span>
        {isRunning && <progress max={Math.max(1, size)} value={sent} aria-label={name} />}
      </div>
      {status === "failed" && (
        <button type="button" class="quiet square" aria-label={`Retry ${name}`} onClick={() => uploads.retry(id)}>
          <Icon name="retry" />
        </button>
      )}
      {isRunning && (
        <button
          type="button"
          class="quiet square"
          aria-label={`${status === "paused" ? "Resume" : "Pause"} ${name}`}
          onClick={() => uploads.pauseOrResume(id)}
        >
          <Icon name={status === "paused" ? "play" : "pause"} />
        </button>
      )}
      {status === "done" ? (
        <Icon name="check" />
      ) : (
        <button
          type="button"
          class="quiet square"
          aria-label={`${error === "" ? "Cancel" : "Remove"} ${name}`}
          onClick={() => uploads.remove(item)}
        >
          <Icon name="close" />
        </button>
      )}
    </li>
  );
}

function stateText({ status, size, sent, error }: UploadItem): string {
  switch (status) {
    case "failed":
      return error;
    case "done":
      return formatSize(size);
    case "waiting":
      return `Waiting, ${formatSize(size)}`;
    case "paused":
      return `Paused at ${formatSize(sent)} of ${formatSize(size)}`;
    case "uploading":
      return `${formatSize(sent)} of ${formatSize(size)}`;
  }
}

/** Asks before the page is left while files are uploaded. */
function useWarning(isBusy: boolean): void {
  useEffect(() => {
    if (!isBusy) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [isBusy]);
}
