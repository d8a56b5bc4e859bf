import { useRef } from "preact/hooks";
import { formatSize } from "../model/format.ts";
import { nameOf } from "../model/keys.ts";
import { Icon } from "../parts/icon.tsx";
import { useServices } from "../parts/services.ts";
import type { UnfinishedUpload } from "./unfinished.ts";

/** An upload that was interrupted. A page cannot open a file again by itself, so the user chooses it once more. */
export function InterruptedRow({ upload }: { readonly upload: UnfinishedUpload }) {
  const { uploads, notices } = useServices();
  const field = useRef<HTMLInputElement>(null);
  const name = nameOf(upload.key);
  const resume = (file: File | undefined) => {
    if (file && !uploads.resume(upload, file)) {
      notices.bad(
        `This is not the file whose upload was interrupted. Choose ${name}, or upload it from the beginning.`,
      );
    }
  };
  return (
    <li class="upload">
      <div class="about">
        <span class="file-name" title={upload.key}>
          {name}
        </span>
        <span class="hint">Interrupted, {formatSize(upload.size)}. Choose the file again to continue.</span>
      </div>
      <button type="button" aria-label={`Continue ${name}`} onClick={() => field.current?.click()}>
        Continue
      </button>
      <button
        type="button"
        class="quiet square"
        aria-label={`Discard ${name}`}
        onClick={() => void uploads.discard(upload.key, upload.uploadId)}
      >
        <Icon name="close" />
      </button>
      <input
        ref={field}
        type="file"
        hidden
        aria-label={`File to continue ${name}`}
        onChange={({ currentTarget }) => resume(currentTarget.files?.[0])}
      />
    </li>
  );
}
