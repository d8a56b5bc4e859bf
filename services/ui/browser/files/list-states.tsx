import type { ComponentChildren } from "preact";
import { folderOf, nameOf, type Prefix } from "../model/keys.ts";
import { folderAddress } from "../model/view.ts";
import { Icon, type IconName } from "../parts/icon.tsx";

interface EmptyProps {
  readonly icon: IconName;
  readonly title: string;
  readonly children: ComponentChildren;
}

const Empty = ({ icon, title, children }: EmptyProps) => (
  <div class="empty">
    <Icon name={icon} />
    <h2>{title}</h2>
    {children}
  </div>
);

/** The shape of the list, until it has been read. */
export const ListLoading = () => (
  <div class="skeleton">
    <p class="hidden" role="status">
      Loading …
    </p>
    {Array.from({ length: 6 }, (_, index) => (
      <div key={index} class="bone" aria-hidden="true" />
    ))}
  </div>
);

export const ListFailed = ({ message, onRetry }: { readonly message: string; readonly onRetry: () => void }) => (
  <Empty icon="alert" title="The files could not be listed">
    <p role="alert">{message}</p>
    <button type="button" class="primary" onClick={onRetry}>
      Try again
    </button>
  </Empty>
);

export interface EmptyFolderProps {
  readonly prefix: Prefix;
  /** What can be done about it. */
  readonly children?: ComponentChildren;
}

export const EmptyFolder = ({ prefix, children }: EmptyFolderProps) => (
  <Empty icon="folder" title={prefix === "" ? "There are no files yet" : "This folder is empty"}>
    {children}
    {prefix !== "" && (
      <p>
        <a href={folderAddress(folderOf(prefix))}>Go to {nameOf(folderOf(prefix)) || "all files"}</a>
      </p>
    )}
  </Empty>
);

export const NothingFound = ({ search, prefix }: { readonly search: string; readonly prefix: Prefix }) => (
  <Empty icon="search" title={`No file matches “${search}”`}>
    <p>{prefix === "" ? "All files were searched." : `Only ${prefix} was searched.`} Try a shorter part of the name.</p>
    <p>
      <a href={folderAddress(prefix)}>End the search</a>
    </p>
  </Empty>
);
