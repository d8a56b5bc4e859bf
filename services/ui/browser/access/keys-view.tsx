import { useState } from "preact/hooks";
import { useTitle } from "../parts/use-title.ts";
import { KeyList } from "./key-list.tsx";
import { PasswordDialog } from "./password-dialog.tsx";

/** One's own access keys, and the password. */
export function KeysView() {
  useTitle("Access keys");
  const [isChanging, setChanging] = useState(false);
  return (
    <div class="page">
      <h1>Access keys</h1>
      <p class="lead">A program signs in with an access key, so that it never has your password.</p>
      <KeyList owner={undefined} />
      <h2>Password</h2>
      <p>
        <button type="button" onClick={() => setChanging(true)}>
          Change your password
        </button>
      </p>
      {isChanging && <PasswordDialog onClose={() => setChanging(false)} />}
    </div>
  );
}
