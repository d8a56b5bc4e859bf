import { useEffect, useState } from "preact/hooks";
import { messageOf } from "../api/api-error.ts";
import type { FileEntry } from "../model/entries.ts";
import { formatDate } from "../model/format.ts";
import { CopyField } from "../parts/copy-field.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { FormError, Select } from "../parts/field.tsx";
import { useServices } from "../parts/services.ts";

export interface LinkDialogProps {
  readonly file: FileEntry;
  readonly onClose: () => void;
}

/** Seconds → text; the longest is the limit of the API. */
const expiries = { 60: "1 minute", 300: "5 minutes", 900: "15 minutes" };

/** A link with which anyone can download a file until it expires. */
export function LinkDialog({ file, onClose }: LinkDialogProps) {
  const { files } = useServices();
  const [seconds, setSeconds] = useState("900");
  const [link, setLink] = useState<{ readonly url: string; readonly expires: string }>();
  const [error, setError] = useState("");
  useEffect(() => {
    const request = new AbortController();
    setError("");
    files.link(file.key, Number(seconds), request.signal).then(
      ({ url, expires_in }) => setLink({ url, expires: new Date(Date.now() + expires_in * 1000).toISOString() }),
      (reason) => !request.signal.aborted && setError(messageOf(reason)),
    );
    return () => request.abort();
  }, [files, file.key, seconds]);
  return (
    <Dialog title={`Link to ${file.name}`} onClose={onClose}>
      <Select label="Valid for" value={seconds} onValue={setSeconds} options={expiries} />
      {error !== "" && <FormError>{error}</FormError>}
      {link && (
        <CopyField
          label="Link"
          value={link.url}
          hint={`Anyone with this link can download the file until ${formatDate(link.expires)}.`}
        />
      )}
    </Dialog>
  );
}
