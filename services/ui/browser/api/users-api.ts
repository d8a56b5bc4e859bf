import type { Grant } from "../model/grants.ts";
import type { ApiClient } from "./api-client.ts";

export interface User {
  readonly name: string;
  readonly state: "active" | "disabled";
  readonly grants: readonly Grant[];
}

export interface AccessKey {
  readonly id: string;
  readonly name: string;
  /** Undefined for a key with the grants of its user. */
  readonly grants?: readonly Grant[] | null;
  /** ISO 8601 */
  readonly created: string;
  readonly expires: string | null;
}

export interface NewKey {
  readonly name: string;
  readonly grants?: readonly Grant[] | undefined;
  readonly expires?: string | undefined;
}

/** Whose access keys: those of a user, or one's own without a name. */
type Owner = string | undefined;

/** The part of the API that manages users and access keys. Every method throws an ApiError. */
export class UsersApi {
  readonly #client: Pick<ApiClient, "send" | "json">;

  constructor(client: Pick<ApiClient, "send" | "json">) {
    this.#client = client;
  }

  list(): Promise<readonly User[]> {
    return this.#client.json("/api/users");
  }

  /** @returns the generated password, which is not shown again */
  async add(name: string, grants: readonly Grant[]): Promise<string> {
    const added = await this.#client.json<{ password: string }>("/api/users", {
      method: "POST",
      json: { name, grants },
    });
    return added.password;
  }

  async change(name: string, changes: Partial<Pick<User, "state" | "grants">>): Promise<void> {
    await this.#client.send(addressOf(name), { method: "PATCH", json: changes });
  }

  /** @returns the generated password, which is not shown again */
  async newPassword(name: string): Promise<string> {
    const { password } = await this.#client.json<{ password: string }>(`${addressOf(name)}/password`, {
      method: "PUT",
    });
    return password;
  }

  /** Changes the password of who is signed in. It ends all sessions of the user, this one as well. */
  async changeMyPassword(current: string, next: string): Promise<void> {
    await this.#client.send("/api/me/password", {
      method: "PUT",
      json: { current_password: current, new_password: next },
    });
  }

  async remove(name: string): Promise<void> {
    await this.#client.send(addressOf(name), { method: "DELETE" });
  }

  keys(owner: Owner): Promise<readonly AccessKey[]> {
    return this.#client.json(keysOf(owner));
  }

  /** @returns the token, which is not shown again */
  async addKey(owner: Owner, key: NewKey): Promise<string> {
    return (await this.#client.json<{ token: string }>(keysOf(owner), { method: "POST", json: key })).token;
  }

  async revokeKey(owner: Owner, id: string): Promise<void> {
    await this.#client.send(`${keysOf(owner)}/${encodeURIComponent(id)}`, { method: "DELETE" });
  }
}

const addressOf = (name: string): string => `/api/users/${encodeURIComponent(name)}`;
const keysOf = (owner: Owner): string => (owner === undefined ? "/api/keys" : `${addressOf(owner)}/keys`);
