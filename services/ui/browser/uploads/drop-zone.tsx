import { useEffect, useState } from "preact/hooks";
import type { Prefix } from "../model/keys.ts";
import { readDrop } from "./dropped-files.ts";
import type { NewUpload } from "./upload-queue.ts";

export interface DropZoneProps {
  readonly prefix: Prefix;
  /** Undefined where the user may not upload: then a drop does nothing, instead of leaving the page. */
  readonly onFiles: ((uploads: readonly NewUpload[]) => void) | undefined;
}

/** The whole window, while files are dragged over it. */
export function DropZone({ prefix, onFiles }: DropZoneProps) {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
    const onDragOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
      if (event.dataTransfer) event.dataTransfer.dropEffect = onFiles ? "copy" : "none";
    };
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false); // It has left the window.
    };
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      setOver(false);
      if (onFiles) void readDrop(event.dataTransfer, prefix).then(onFiles);
    };
    addEventListener("dragover", onDragOver);
    addEventListener("dragleave", onDragLeave);
    addEventListener("drop", onDrop);
    return () => {
      removeEventListener("dragover", onDragOver);
      removeEventListener("dragleave", onDragLeave);
      removeEventListener("drop", onDrop);
    };
  }, [prefix, onFiles]);
  if (!isOver) return null;
  const target = prefix === "" ? "all files" : prefix;
  return (
    <div class="drop-zone" aria-hidden="true">
      <p>{onFiles ? `Drop files or folders to upload them to ${target}` : `You may not upload to ${target}`}</p>
    </div>
  );
}
