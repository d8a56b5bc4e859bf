import type { FileEntry } from "../model/entries.ts";
import { formatDate, formatSize } from "../model/format.ts";
import { LoadError } from "../parts/load-error.tsx";
import { useServices } from "../parts/services.ts";
import { useLoad } from "../parts/use-load.ts";
import { MAX_STORED_BYTES } from "./download.ts";

export interface VersionsProps {
  readonly file: FileEntry;
  readonly mayRestore: boolean;
  readonly onRestored: () => void;
}

/** The versions of a file, which can be downloaded and restored. */
export function Versions({ file, mayRestore, onRestored }: VersionsProps) {
  const { files, actions } = useServices();
  const { value: versions, error, reload } = useLoad(() => files.versions(file.key), [files, file.key]);
  if (error !== "") return <LoadError message={error} onRetry={reload} />;
  if (!versions) return <p class="hint">Loading …</p>;
  return (
    <ul class="versions">
      {versions.map(({ version, date, size, latest, deleted }) => (
        <li key={version}>
          <span>
            <time dateTime={date}>{formatDate(date)}</time>
            <span class="hint">{deleted ? "deleted" : formatSize(size ?? 0)}</span>
          </span>
          {latest && <span class="hint">present</span>}
          {!latest && !deleted && (size ?? 0) <= MAX_STORED_BYTES && (
            <button
              type="button"
              onClick={() => void actions.downloadVersion(file, version)}
              aria-label={`Download the version of ${formatDate(date)}`}
            >
              Download
            </button>
          )}
          {!latest && !deleted && mayRestore && (
            <button
              type="button"
              onClick={() => void actions.restore(file, version, size ?? 0).then(onRestored)}
              aria-label={`Restore the version of ${formatDate(date)}`}
            >
              Restore
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
