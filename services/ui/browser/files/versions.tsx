import { useEffect, useState } from "preact/hooks";
import { messageOf } from "../api/api-error.ts";
import type { FileVersion } from "../api/files-api.ts";
import type { FileEntry } from "../model/entries.ts";
import { formatDate, formatSize } from "../model/format.ts";
import { useServices } from "../parts/services.ts";

export interface VersionsProps {
  readonly file: FileEntry;
  readonly mayRestore: boolean;
  readonly onRestored: () => void;
}

/** The versions of a file, which can be restored. */
export function Versions({ file, mayRestore, onRestored }: VersionsProps) {
  const { files, actions } = useServices();
  const [versions, setVersions] = useState<readonly FileVersion[]>();
  const [error, setError] = useState("");
  useEffect(() => {
    files.versions(file.key).then(setVersions, (reason) => setError(messageOf(reason)));
  }, [files, file.key]);
  if (error !== "") return <p role="alert">{error}</p>;
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
