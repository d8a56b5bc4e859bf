import { sep } from "node:path";
import { type FSWatcher, watch } from "chokidar";
import { ROOT } from "../paths/root.ts";
import { isSource, SOURCES } from "./source-files.ts";

/**
 * Watches the sources of the stacks and services. With chokidar, because the recursive `fs.watch` of Node.js on Linux
 * misses a file after the second time that an editor replaces it (https://github.com/nodejs/node/issues/48437).
 */
export class SourceWatcher {
  readonly #watcher: FSWatcher;
  readonly #ready: Promise<void>;
  /** Changed before {@link start}. */
  readonly #early = new Set<string>();
  #onChange = (path: string): void => void this.#early.add(path);
  #error: Error | undefined;
  #onError = (error: Error): void => {
    this.#error ??= error;
  };

  /** Watches from now on. Until {@link start}, changes are collected. */
  constructor(root = ROOT) {
    this.#watcher = watch([...SOURCES], { cwd: root, ignoreInitial: true });
    this.#ready = new Promise<void>((resolve) => {
      this.#watcher.once("ready", resolve);
      this.#watcher.once("error", () => resolve());
    });
    this.#watcher.on("all", (event, path) => {
      if (event === "addDir" || event === "unlinkDir") return;
      const file = path.replaceAll(sep, "/");
      if (isSource(file)) this.#onChange(file);
    });
    this.#watcher.on("error", (error) => this.#onError(error as Error));
  }

  /** Resolves when every change from now on is found, or when not all files can be watched. */
  ready(): Promise<void> {
    return this.#ready;
  }

  /** @param onError receives that files cannot be watched, such as too many for the limit of the system. */
  start(onChange: (path: string) => void, onError: (error: Error) => void): void {
    this.#onChange = onChange;
    this.#onError = onError;
    for (const path of this.#early) onChange(path);
    if (this.#error) onError(this.#error);
  }

  close(): Promise<void> {
    return this.#watcher.close();
  }
}
