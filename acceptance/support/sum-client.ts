import { expect } from "vitest";
import { basic } from "./files-client.ts";
import { target } from "./target.ts";

/** A client of the Sum system, signed in as the bootstrap user where that is required. */
export class SumClient {
  readonly #target = target;

  /** @param number as number or as text */
  add(number: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.#target.sumUrl}/add_number`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ number }),
    });
  }

  /** @param headers by default the credentials of the bootstrap user */
  reset(headers?: Record<string, string>): Promise<Response> {
    const { sumUrl, username, password } = this.#target;
    const authorization = basic(username, password);
    return fetch(`${sumUrl}/reset_table`, { method: "POST", headers: headers ?? { authorization } });
  }

  /** Deletes all numbers and adds others. */
  async replaceNumbers(numbers: readonly unknown[]): Promise<void> {
    expect((await this.reset()).status).toBe(200);
    for (const number of numbers) expect((await this.add(number)).status).toBe(200);
  }

  /** The sum on the display page, with separators. */
  async total(): Promise<string> {
    const text = await (await fetch(`${this.#target.sumUrl}/display_service`)).text();
    return /<dd id="sum">([^<]+)</.exec(text)?.[1] ?? "";
  }
}
