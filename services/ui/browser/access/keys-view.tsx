import { useEffect } from "preact/hooks";
import { KeyList } from "./key-list.tsx";

/** One's own access keys. */
export function KeysView() {
  useEffect(() => {
    document.title = "Access keys – Files";
  }, []);
  return (
    <div class="page">
      <h1>Access keys</h1>
      <p class="lead">A program signs in with an access key, so that it never has your password.</p>
      <KeyList owner={undefined} />
    </div>
  );
}
