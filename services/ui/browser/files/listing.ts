import { messageOf } from "../api/api-error.ts";
import type { EntryPage, FilesApi } from "../api/files-api.ts";
import { addChange, applyChanges, type Change, pendingChanges } from "../model/changes.ts";
import { type Entry, nextSort, type Sort, type SortField, sortEntries } from "../model/entries.ts";
import type { Prefix } from "../model/keys.ts";
import { Store } from "../model/store.ts";

export interface ListingState {
  readonly prefix: Prefix;
  /** The text that is searched for; empty for the folder itself. */
  readonly search: string;
  readonly sort: Sort;
  /** While another folder is loading, the entries are those of the previous one. */
  readonly status: "loading" | "ready" | "error";
  readonly entries: readonly Entry[];
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  /** Why the list could not be loaded. */
  readonly error: string;
}

export interface ListingDependencies {
  readonly files: Pick<FilesApi, "list" | "search" | "page">;
  readonly now: () => number;
  readonly later: (action: () => void, milliseconds: number) => void;
}

/**
 * So many entries are loaded by themselves, because folders come first and sizes and dates are sorted here. More are
 * loaded when their rows come into view.
 */
const LOADED_AT_ONCE = 20_000;

/** After a change, the list is read again until it shows the change, which an event of the bucket causes. */
const REFRESH_AFTER_MS = [700, 1500, 3000, 6000, 12_000, 24_000] as const;

/** The list of a folder, or of the files that a search finds, with the changes that were made here. */
export class Listing {
  readonly state: Store<ListingState>;
  readonly #dependencies: ListingDependencies;
  #entries: readonly Entry[] = [];
  #next: string | undefined;
  #changes: readonly Change[] = [];
  #request: AbortController | undefined;
  #isRefreshing = false;

  constructor(dependencies: ListingDependencies) {
    this.#dependencies = dependencies;
    this.state = new Store<ListingState>({
      prefix: "",
      search: "",
      sort: { field: "name", descending: false },
      status: "loading",
      entries: [],
      hasMore: false,
      isLoadingMore: false,
      error: "",
    });
  }

  /** Shows a folder, or the files in it and below that a search finds. */
  async open(prefix: Prefix, search: string): Promise<void> {
    this.#patch({ prefix, search });
    await this.reload();
  }

  async sortBy(field: SortField): Promise<void> {
    this.#patch({ sort: nextSort(this.state.value.sort, field) });
    await this.reload();
  }

  /** Reads the list from the beginning. */
  async reload(): Promise<void> {
    const request = this.#begin();
    this.#patch({ status: "loading", isLoadingMore: false });
    try {
      const page = await this.#firstPage(request.signal);
      if (request.signal.aborted) return;
      this.#entries = page.entries;
      this.#next = page.next;
      this.#show({ status: "ready", error: "" });
      if (this.state.value.search === "") await this.#moreAtOnce();
    } catch (error) {
      if (!request.signal.aborted) this.#patch({ status: "error", error: messageOf(error) });
    }
  }

  /** Reads the next page. */
  async more(): Promise<void> {
    const { status, isLoadingMore } = this.state.value;
    if (this.#next === undefined || status !== "ready" || isLoadingMore) return;
    const request = this.#begin();
    this.#patch({ isLoadingMore: true });
    try {
      const page = await this.#dependencies.files.page(this.#next, request.signal);
      if (request.signal.aborted) return;
      const known = new Set(this.#entries.map(({ key }) => key));
      this.#entries = [...this.#entries, ...page.entries.filter(({ key }) => !known.has(key))];
      this.#next = page.next;
      this.#show({ isLoadingMore: false });
    } catch (error) {
      if (!request.signal.aborted) this.#patch({ isLoadingMore: false, error: messageOf(error) });
    }
  }

  async #moreAtOnce(): Promise<void> {
    while (this.#next !== undefined && this.#entries.length < LOADED_AT_ONCE) {
      const before = this.#next;
      await this.more();
      if (this.#next === before) return; // It has failed, or another list is shown.
    }
  }

  /** Shows changes at once. */
  change(...changes: readonly Change[]): void {
    this.#changes = changes.reduce<readonly Change[]>(addChange, this.#changes);
    this.#show({});
    if (!this.#isRefreshing) this.#refreshLater(0);
  }

  #refreshLater(attempt: number): void {
    const delay = REFRESH_AFTER_MS[attempt];
    this.#isRefreshing = delay !== undefined;
    if (delay !== undefined) this.#dependencies.later(() => void this.#refresh(attempt), delay);
  }

  async #refresh(attempt: number): Promise<void> {
    const { status, isLoadingMore } = this.state.value;
    if (status === "ready" && !isLoadingMore) {
      const request = this.#begin();
      const page = await this.#readAgain(request.signal).catch(() => undefined); // The next attempt may succeed.
      if (page && !request.signal.aborted) {
        this.#entries = page.entries;
        this.#next = page.next;
        const { prefix } = this.state.value;
        this.#changes = pendingChanges(this.#changes, page.entries, prefix, this.#dependencies.now());
        this.#show({});
      }
    }
    if (this.#changes.length === 0) this.#isRefreshing = false;
    else this.#refreshLater(attempt + 1);
  }

  /** As many entries as are loaded. */
  async #readAgain(signal: AbortSignal): Promise<EntryPage> {
    let page = await this.#firstPage(signal);
    while (page.next !== undefined && page.entries.length < this.#entries.length) {
      const following = await this.#dependencies.files.page(page.next, signal);
      page = { entries: [...page.entries, ...following.entries], next: following.next };
    }
    return page;
  }

  #firstPage(signal: AbortSignal): Promise<EntryPage> {
    const { prefix, search, sort } = this.state.value;
    const { files } = this.#dependencies;
    return search === "" ? files.list(prefix, sort, signal) : files.search(search, prefix, signal);
  }

  /** A new request replaces the one before. */
  #begin(): AbortController {
    this.#request?.abort();
    this.#request = new AbortController();
    return this.#request;
  }

  #show(changes: Partial<ListingState>): void {
    const { prefix, search, sort } = this.state.value;
    // The best match of a search is first, and what was changed here may not match.
    const entries =
      search === ""
        ? sortEntries(applyChanges(this.#entries, this.#changes, prefix), sort)
        : applyChanges(this.#entries, this.#changes.filter(isRemoval), prefix);
    this.#patch({ ...changes, entries, hasMore: this.#next !== undefined });
  }

  #patch(changes: Partial<ListingState>): void {
    this.state.update((state) => ({ ...state, ...changes }));
  }
}

const isRemoval = (change: Change): boolean => change.kind === "removed";
