import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { FilesApi } from "../api/files-api.ts";
import type { UsersApi } from "../api/users-api.ts";
import type { FileActions } from "../files/file-actions.ts";
import type { Listing } from "../files/listing.ts";
import type { Notices } from "../model/notices.ts";
import type { Session } from "../session/session.ts";
import type { UploadQueue } from "../uploads/upload-queue.ts";

/** What the parts of the page use together. It is composed in `main.tsx`. */
export interface Services {
  readonly session: Session;
  readonly files: FilesApi;
  readonly users: UsersApi;
  readonly listing: Listing;
  readonly actions: FileActions;
  readonly notices: Notices;
  readonly uploads: UploadQueue;
}

const context = createContext<Services | undefined>(undefined);

export const ServicesProvider = context.Provider;

/** @throws TypeError outside of the provider */
export function useServices(): Services {
  const services = useContext(context);
  if (!services) throw new TypeError("There are no services here.");
  return services;
}
