import { useEffect, useState } from "preact/hooks";
import { messageOf } from "../api/api-error.ts";
import type { FilesApi } from "../api/files-api.ts";
import type { FileEntry } from "../model/entries.ts";
import { formatSize } from "../model/format.ts";
import { type PreviewKind, previewKindOf } from "../model/preview-kind.ts";
import { useServices } from "../parts/services.ts";

/** Of a text, the beginning is shown. */
const MAX_TEXT_BYTES = 256 * 1024;
const MAX_PDF_BYTES = 50_000_000;
/** The maximum of the API: media is read while it plays. */
const LINK_SECONDS = 900;

interface Content {
  readonly kind: PreviewKind;
  /** The text, or the address of an image, media or document. */
  readonly value: string;
}

/**
 * Shows a file. A text is never interpreted, and an image, media or PDF document cannot run scripts of this page; so an
 * uploaded document never has its rights.
 */
export function Preview({ file }: { readonly file: FileEntry }) {
  const { files } = useServices();
  const [content, setContent] = useState<Content>();
  const [error, setError] = useState("");
  useEffect(() => {
    const request = new AbortController();
    setContent(undefined);
    setError("");
    load(file, files, request.signal).then(
      (loaded) => !request.signal.aborted && setContent(loaded),
      (reason) => !request.signal.aborted && setError(messageOf(reason)),
    );
    return () => request.abort();
  }, [file.key, file.modified, files]);
  useEffect(() => () => revoke(content), [content]);
  if (error !== "") {
    return (
      <p class="preview" role="alert">
        {error}
      </p>
    );
  }
  if (!content) return <p class="preview">Loading …</p>;
  return <div class={`preview ${content.kind}`}>{show(content, file, () => setError(NOT_SHOWN))}</div>;
}

const NOT_SHOWN = "This file cannot be shown here. Download it to open it with a program.";

async function load(file: FileEntry, files: FilesApi, signal: AbortSignal): Promise<Content> {
  const kind = previewKindOf(file.type, file.name);
  const isShown = kind === "pdf" ? navigator.pdfViewerEnabled && file.size <= MAX_PDF_BYTES : kind !== "none";
  if (!isShown) return { kind: "none", value: NOT_SHOWN };
  if (kind === "text") return { kind, value: await (await files.read(file.key, MAX_TEXT_BYTES, signal)).text() };
  const { url } = await files.link(file.key, LINK_SECONDS, signal);
  if (kind !== "pdf") return { kind, value: url };
  const bytes = await (await fetch(url, { credentials: "omit", signal })).arrayBuffer();
  // With this type, a browser shows it as a document, whatever it contains.
  return { kind, value: URL.createObjectURL(new Blob([bytes], { type: "application/pdf" })) };
}

function revoke(content: Content | undefined): void {
  if (content?.value.startsWith("blob:")) URL.revokeObjectURL(content.value);
}

function show({ kind, value }: Content, { name, size }: FileEntry, onError: () => void) {
  switch (kind) {
    case "image":
      return <img src={value} alt={name} onError={onError} />;
    case "audio":
      // biome-ignore lint/a11y/useMediaCaption: files have no captions of their own.
      return <audio src={value} controls aria-label={name} onError={onError} />;
    case "video":
      // biome-ignore lint/a11y/useMediaCaption: files have no captions of their own.
      return <video src={value} controls aria-label={name} onError={onError} />;
    case "pdf":
      return <iframe src={value} title={name} />;
    case "text":
      return (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: so that the keyboard can scroll it. */}
          <pre tabIndex={0}>{value === "" ? "The file is empty." : value}</pre>
          {size > MAX_TEXT_BYTES && <p class="hint">The first {formatSize(MAX_TEXT_BYTES)} are shown.</p>}
        </>
      );
    case "none":
      return <p>{value}</p>;
  }
}
