import type { Me } from "../model/grants.ts";
import { homeOf } from "../model/grants.ts";
import { addressOf, folderAddress, type View } from "../model/view.ts";
import { useServices } from "../parts/services.ts";

export interface HeaderProps {
  readonly me: Me;
  readonly view: View;
}

/** The name of the page, where one can go, and who is signed in. */
export function Header({ me, view }: HeaderProps) {
  const { session } = useServices();
  return (
    <header class="bar">
      <a class="brand" href={folderAddress(homeOf(me.grants))}>
        Files
      </a>
      <nav class="views" aria-label="Views">
        <a href={folderAddress(homeOf(me.grants))} aria-current={view.name === "files" ? "page" : undefined}>
          Browse
        </a>
        <a href={addressOf({ name: "keys" })} aria-current={view.name === "keys" ? "page" : undefined}>
          Access keys
        </a>
        {me.administrator && (
          <a href={addressOf({ name: "users" })} aria-current={view.name === "users" ? "page" : undefined}>
            Users
          </a>
        )}
        <a href="/docs">API</a>
      </nav>
      <div class="account">
        <span class="user" title="Signed in">
          {me.user}
        </span>
        <button type="button" class="quiet" onClick={() => void session.signOut()}>
          Sign out
        </button>
      </div>
    </header>
  );
}
