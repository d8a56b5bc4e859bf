import { render } from "preact";
import { ApiClient } from "./api/api-client.ts";
import { FilesApi } from "./api/files-api.ts";
import { sendFile } from "./api/send-file.ts";
import { UsersApi } from "./api/users-api.ts";
import { FileActions } from "./files/file-actions.ts";
import { Listing } from "./files/listing.ts";
import { Notices } from "./model/notices.ts";
import { type Services, ServicesProvider } from "./parts/services.ts";
import { Session } from "./session/session.ts";
import { StoredSession } from "./session/session-token.ts";
import { App } from "./shell/app.tsx";
import { transfer } from "./uploads/transfer.ts";
import { UnfinishedUploads } from "./uploads/unfinished.ts";
import { UploadQueue } from "./uploads/upload-queue.ts";

/** The composition of the page: everything else receives what it needs. */
function compose(): Services {
  const now = () => Date.now();
  const later = (action: () => void, milliseconds: number) => void setTimeout(action, milliseconds);
  const send: typeof fetch = (input, init) => fetch(input, init);
  const session = new Session({ stored: new StoredSession(sessionStorage), fetch: send, now });
  for (const type of ["pointerdown", "keydown"]) addEventListener(type, () => session.touch(), { passive: true });
  const client = new ApiClient(session, send, sendFile);
  const files = new FilesApi(client);
  const listing = new Listing({ files, now, later });
  const uploads = new UploadQueue({
    transfer: (file) => transfer(file, { client, files, sendFile }),
    client,
    files,
    unfinished: new UnfinishedUploads(localStorage, () => session.user, now),
    onUploaded: (file) => listing.change({ kind: "added", file, at: now() }),
  });
  const notices = new Notices(later);
  const actions = new FileActions({ files, listing, notices, now });
  const users = new UsersApi(client);
  return { session, files, users, listing, actions, uploads, notices };
}

const root = document.getElementById("app");
if (!root) throw new TypeError('The page has no element with the id "app".');
root.replaceChildren();
render(
  <ServicesProvider value={compose()}>
    <App />
  </ServicesProvider>,
  root,
);
