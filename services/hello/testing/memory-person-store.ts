import type { Person, Username } from "../person.ts";
import { type PersonStore, StoreUnavailableError } from "../person-store.ts";

/** An in-memory store for tests; every operation fails while {@link isAvailable} is false. */
export class MemoryPersonStore implements PersonStore {
  readonly people = new Map<Username, Person>();
  isAvailable = true;

  async find(username: Username): Promise<Person | undefined> {
    this.#check();
    return this.people.get(username);
  }

  async put(person: Person): Promise<void> {
    this.#check();
    this.people.set(person.username, person);
  }

  async delete(username: Username): Promise<void> {
    this.#check();
    this.people.delete(username);
  }

  #check(): void {
    if (!this.isAvailable) throw new StoreUnavailableError("unavailable");
  }
}
