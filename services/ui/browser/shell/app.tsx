import { useEffect, useState } from "preact/hooks";
import { KeysView } from "../access/keys-view.tsx";
import { UsersView } from "../access/users-view.tsx";
import { messageOf } from "../api/api-error.ts";
import { FilesView } from "../files/files-view.tsx";
import type { Me } from "../model/grants.ts";
import { useServices } from "../parts/services.ts";
import { useStore } from "../parts/use-store.ts";
import { useView } from "../parts/use-view.ts";
import { ExpiredDialog } from "../session/expired-dialog.tsx";
import { SignInPage } from "../session/sign-in-page.tsx";
import { UploadPanel } from "../uploads/upload-panel.tsx";
import { Header } from "./header.tsx";
import { NoticesArea } from "./notices-area.tsx";

/** The page: somebody signs in, or uses it. */
export function App() {
  const { session } = useServices();
  const state = useStore(session.state);
  const [error, setError] = useState("");
  const restore = () => {
    setError("");
    session.restore().catch((reason) => setError(messageOf(reason)));
  };
  useEffect(restore, [session]);
  if (error !== "") return <StartFailed message={error} onRetry={restore} />;
  if (state.status === "restoring") return <Loading />;
  if (state.status === "signed-out") return <SignInPage />;
  return (
    <>
      <SignedIn key={state.me.user} me={state.me} />
      {state.status === "expired" && <ExpiredDialog user={state.me.user} />}
    </>
  );
}

function SignedIn({ me }: { readonly me: Me }) {
  const view = useView();
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById("main")?.focus()}>
        Skip to content
      </button>
      <Header me={me} view={view} />
      <main id="main" tabIndex={-1}>
        {view.name === "files" && <FilesView me={me} prefix={view.prefix} search={view.search} />}
        {view.name === "keys" && <KeysView />}
        {view.name === "users" && me.administrator && <UsersView me={me} />}
        {view.name === "users" && !me.administrator && <NotAllowed />}
      </main>
      <UploadPanel />
      <NoticesArea />
    </>
  );
}

const NotAllowed = () => (
  <div class="page">
    <h1>Users</h1>
    <p>Only administrators can see and change the users.</p>
    <p>
      <a href="#/files/">Go to your files</a>
    </p>
  </div>
);

const Loading = () => (
  <>
    <header class="bar">
      <span class="brand">Files</span>
    </header>
    <main class="loading">
      <p role="status">Loading …</p>
    </main>
  </>
);

const StartFailed = ({ message, onRetry }: { readonly message: string; readonly onRetry: () => void }) => (
  <main class="message-page">
    <h1>Files</h1>
    <p role="alert">{message}</p>
    <button type="button" class="primary" onClick={onRetry}>
      Try again
    </button>
  </main>
);
