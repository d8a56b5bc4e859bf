import type { Entry } from "../model/entries.ts";
import { type PreviewKind, previewKindOf } from "../model/preview-kind.ts";
import { Icon, type IconName } from "../parts/icon.tsx";

const icons: Readonly<Record<PreviewKind, IconName>> = {
  image: "image",
  text: "text",
  pdf: "text",
  audio: "media",
  video: "media",
  none: "file",
};

export const EntryIcon = ({ entry }: { readonly entry: Entry }) => (
  <Icon name={entry.kind === "folder" ? "folder" : icons[previewKindOf(entry.type, entry.name)]} />
);
