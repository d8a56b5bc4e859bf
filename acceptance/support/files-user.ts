import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { basic, FilesClient } from "./files-client.ts";

export interface Grant {
  readonly role: "reader" | "writer" | "admin";
  readonly prefix: string;
}

/** A user of the Files API that a test creates, with the generated password. */
export class FilesUser {
  readonly name: string;
  readonly password: string;
  readonly #administrator: FilesClient;

  private constructor(name: string, password: string, administrator: FilesClient) {
    this.name = name;
    this.password = password;
    this.#administrator = administrator;
  }

  static async create(grants: readonly Grant[]): Promise<FilesUser> {
    const administrator = new FilesClient();
    const name = `test-${randomUUID()}`;
    const response = await administrator.json("POST", "/api/users", { name, grants });
    expect(response.status, JSON.stringify(response.body)).toBe(201);
    return new FilesUser(name, String(response.body.password), administrator);
  }

  /** Signed in with the password. */
  get client(): FilesClient {
    return new FilesClient(basic(this.name, this.password));
  }

  async change(changes: { readonly state?: string; readonly grants?: readonly Grant[] }): Promise<void> {
    const response = await this.#administrator.json("PATCH", `/api/users/${this.name}`, changes);
    expect(response.status, JSON.stringify(response.body)).toBe(200);
  }

  async remove(): Promise<void> {
    await this.#administrator.json("DELETE", `/api/users/${this.name}`);
  }
}
