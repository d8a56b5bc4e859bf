import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from "vitest";
import { launchBrowser } from "./browser.ts";
import { EVENTUALLY, FilesClient } from "./files-client.ts";
import { ROOT } from "./root.ts";
import { target } from "./target.ts";

const AXE = readFileSync(join(ROOT, "node_modules", "axe-core", "axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

interface AxeResults {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

/** Opens the page for each test of a file, in a browser that they share. A problem of the page fails the test. */
export function openForEachTest(): FilesPage {
  const files = new FilesPage();
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(() => files.open(browser));
  afterEach(() => files.close());
  return files;
}

/** A folder for the tests of a file, with text files by name. It is deleted afterwards. */
export function folderWith(content: Readonly<Record<string, string>> = {}): string {
  const folder = `ui-${randomUUID()}`;
  const client = new FilesClient();
  const texts = Object.entries(content);
  beforeAll(async () => {
    for (const [name, text] of texts) await client.upload(`${folder}/${name}`, text, "text/plain");
    // The files are listed when their events have been processed.
    const listed = async () => expect(await client.list({ prefix: `${folder}/` })).toHaveLength(texts.length);
    await vi.waitFor(listed, EVENTUALLY);
  });
  afterAll(async () => {
    for (const { prefix_path } of await client.list({ prefix: folder })) await client.delete(prefix_path);
  });
  return folder;
}

/** The page of the Files API in a browser. It collects errors of scripts, of the console and of the security policy. */
export class FilesPage {
  #page: Page | undefined;
  /** Errors, except for responses whose status a test expects. */
  #problems: string[] = [];
  #expected = new Set<number>();

  get page(): Page {
    if (!this.#page) throw new TypeError("The page has not been opened.");
    return this.#page;
  }

  async open(browser: Browser): Promise<void> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    page.setDefaultTimeout(20_000);
    this.#problems = [];
    this.#expected = new Set();
    page.on("pageerror", (error) => this.#problems.push(error.message));
    page.on("console", (message) => {
      const status = /status of (\d+)/.exec(message.text())?.[1];
      const isExpected = status !== undefined && this.#expected.has(Number(status));
      if (["error", "warning"].includes(message.type()) && !isExpected) this.#problems.push(message.text());
    });
    this.#page = page;
  }

  /** Responses with this status are no problem; a browser prints each in its console. */
  expectStatus(status: number): void {
    this.#expected.add(status);
  }

  /** Goes to a folder, or to another view such as `#/keys`. */
  async goto(fragment = ""): Promise<void> {
    await this.page.goto(`${target.apiUrl}/ui${fragment}`);
  }

  async fillSignIn(user: string, password: string): Promise<void> {
    await this.page.getByLabel("User name").fill(user);
    await this.page.getByLabel("Password").fill(password);
    await this.page.getByRole("button", { name: "Sign in" }).click();
  }

  /** Goes to a folder as the administrator, or as another user. */
  async signIn(fragment = "", { name, password } = administrator()): Promise<void> {
    await this.goto(fragment);
    await this.fillSignIn(name, password);
    await this.page.getByRole("button", { name: "Sign out" }).waitFor();
  }

  dialog(name: string) {
    return this.page.getByRole("dialog", { name });
  }

  /** Waits for a message, or another text that screen readers announce. */
  status(text: string): Promise<void> {
    return this.page.getByRole("status").getByText(text).waitFor();
  }

  row(name: string) {
    return this.page.getByRole("row").filter({ hasText: name });
  }

  /** The names in the list, in order. */
  async names(): Promise<string[]> {
    return this.page.locator(".entries .label > :first-child").allTextContents();
  }

  /** Chooses an action in the menu of a row. */
  async act(name: string, action: string): Promise<void> {
    await this.page.getByRole("button", { name: `Actions for ${name}`, exact: true }).click();
    await this.page.getByRole("menuitem", { name: action, exact: true }).click();
  }

  /** Expects no violation of WCAG 2.2 AA that can be found automatically, and nothing that is wider than the window. */
  async expectAccessible(): Promise<void> {
    await this.page.evaluate(AXE);
    const run = `axe.run(document, { runOnly: ${JSON.stringify(RULES)} })`;
    const { violations } = (await this.page.evaluate(run)) as AxeResults;
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
    const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    expect(await this.page.evaluate(overflow)).toBe(0);
  }

  /** Text of the focused element, or its label. */
  focused(): Promise<unknown> {
    return this.page.evaluate(
      "document.activeElement.getAttribute('aria-label') || document.activeElement.textContent.trim()",
    );
  }

  async close(): Promise<void> {
    await this.page.context().close();
    expect(this.#problems).toEqual([]);
  }
}

function administrator(): { readonly name: string; readonly password: string } {
  const { username, password } = target;
  return { name: username, password };
}
