import { Store } from "./store.ts";

/** A message about something that has happened. Screen readers announce it. */
export interface Notice {
  readonly id: number;
  readonly kind: "good" | "bad";
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

/** Long enough to read a sentence twice; longer for a notice that can be acted on. */
const SHOWN_MS = 8000;
const SHOWN_WITH_ACTION_MS = 30_000;
const MAX_SHOWN = 3;

/** The notices of the page, the newest last. Those about failures remain until they are closed. */
export class Notices {
  readonly shown = new Store<readonly Notice[]>([]);
  readonly #later: (action: () => void, milliseconds: number) => void;
  #lastId = 0;

  constructor(later: (action: () => void, milliseconds: number) => void) {
    this.#later = later;
  }

  good(text: string, action?: Notice["action"]): void {
    const id = this.#add({ kind: "good", text, action });
    this.#later(() => this.close(id), action ? SHOWN_WITH_ACTION_MS : SHOWN_MS);
  }

  bad(text: string, action?: Notice["action"]): void {
    this.#add({ kind: "bad", text, action });
  }

  close(id: number): void {
    this.shown.update((notices) => notices.filter((notice) => notice.id !== id));
  }

  #add(notice: Omit<Notice, "id">): number {
    this.#lastId += 1;
    const added = { ...notice, id: this.#lastId };
    this.shown.update((notices) => [...notices, added].slice(-MAX_SHOWN));
    return added.id;
  }
}
