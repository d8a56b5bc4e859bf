/** A session of the API: a token that is valid for a while and that can be renewed. */
export interface SessionToken {
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly expires: number;
  readonly user: string;
}

const NAME = "files-session";

/**
 * The session in the storage of this tab. It survives a reload, which resuming uploads needs, and ends with the tab;
 * other tabs and later visitors of the machine do not have it. A script of this origin could read it, as it could use
 * one in memory: the policy of the page allows no other script. The password is never stored.
 */
export class StoredSession {
  readonly #storage: Pick<Storage, "getItem" | "setItem" | "removeItem">;

  constructor(storage: Pick<Storage, "getItem" | "setItem" | "removeItem">) {
    this.#storage = storage;
  }

  read(): SessionToken | undefined {
    try {
      const { token, expires, user } = JSON.parse(this.#storage.getItem(NAME) ?? "") as Partial<SessionToken>;
      const isComplete = typeof token === "string" && typeof expires === "number" && typeof user === "string";
      return isComplete ? { token, expires, user } : undefined;
    } catch {
      return undefined;
    }
  }

  write(session: SessionToken | undefined): void {
    try {
      if (session) this.#storage.setItem(NAME, JSON.stringify(session));
      else this.#storage.removeItem(NAME);
    } catch {
      // A browser can forbid it. Then the session lasts until the page is left.
    }
  }
}
