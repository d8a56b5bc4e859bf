import { useRef } from "preact/hooks";
import type { Prefix } from "../model/keys.ts";
import { Icon } from "../parts/icon.tsx";
import { Menu } from "../parts/menu.tsx";
import { readField } from "./dropped-files.ts";
import type { NewUpload } from "./upload-queue.ts";

export interface UploadButtonProps {
  readonly prefix: Prefix;
  readonly onFiles: (uploads: readonly NewUpload[]) => void;
}

/** Chooses files, or a folder with everything in it. */
export function UploadButton({ prefix, onFiles }: UploadButtonProps) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement | null>(null);
  const setFolder = (input: HTMLInputElement | null) => {
    folder.current = input;
    if (input) input.webkitdirectory = true;
  };
  const add = ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) => {
    onFiles(readField(currentTarget.files, prefix));
    currentTarget.value = ""; // So that the same files can be chosen again.
  };
  return (
    <>
      <Menu
        label="Upload"
        class="primary"
        items={[
          { label: "Files …", icon: "file", run: () => files.current?.click() },
          { label: "Folder …", icon: "folder", run: () => folder.current?.click() },
        ]}
      >
        <Icon name="upload" />
        Upload
      </Menu>
      <input ref={files} type="file" multiple hidden aria-label="Files to upload" onChange={add} />
      <input ref={setFolder} type="file" hidden aria-label="Folder to upload" onChange={add} />
    </>
  );
}
