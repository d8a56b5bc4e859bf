import { Store } from "../model/store.ts";
import type { Resolution } from "./uploader.ts";

/** A question that the user has to answer. */
export interface Conflict {
  readonly key: string;
  readonly answer: (resolution: Resolution, forAll: boolean) => void;
}

/** Asks what to do with files whose names are taken, one after the other. An answer can be for all that follow. */
export class Conflicts {
  readonly current = new Store<Conflict | undefined>(undefined);
  #last: Promise<unknown> = Promise.resolve();
  #forAll: Resolution | undefined;

  /** Asks for every file again: the answer for all was for the uploads that have ended. */
  reset(): void {
    this.#forAll = undefined;
  }

  ask(key: string): Promise<Resolution> {
    const answer = this.#last.then(() => this.#forAll ?? this.#show(key));
    this.#last = answer;
    return answer;
  }

  #show(key: string): Promise<Resolution> {
    return new Promise((resolve) => {
      this.current.set({
        key,
        answer: (resolution, forAll) => {
          if (forAll) this.#forAll = resolution;
          this.current.set(undefined);
          resolve(resolution);
        },
      });
    });
  }
}
