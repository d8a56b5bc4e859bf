import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect, inject } from "vitest";
import { ROOT } from "./root.ts";

const AXE = readFileSync(join(ROOT, "node_modules", "axe-core", "axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

interface AxeResults {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

/** The page of the Files API in a browser. It collects errors of scripts, of the console and of the security policy. */
export class FilesPage {
  readonly page: Page;
  /** Errors, except for responses whose status a test expects. */
  readonly problems: string[] = [];
  readonly #expected = new Set<number>();

  private constructor(page: Page) {
    this.page = page;
    page.on("pageerror", (error) => this.problems.push(error.message));
    page.on("console", (message) => {
      const status = /status of (\d+)/.exec(message.text())?.[1];
      const isExpected = status !== undefined && this.#expected.has(Number(status));
      if (["error", "warning"].includes(message.type()) && !isExpected) this.problems.push(message.text());
    });
  }

  static async open(browser: Browser, options: BrowserContextOptions = {}): Promise<FilesPage> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, ...options });
    page.setDefaultTimeout(20_000);
    return new FilesPage(page);
  }

  /** Responses with this status are no problem; a browser prints each in its console. */
  expectStatus(status: number): void {
    this.#expected.add(status);
  }

  /** Opens a folder, or another view such as `#/keys`. */
  async goto(fragment = ""): Promise<void> {
    await this.page.goto(`${inject("target").apiUrl}/ui${fragment}`);
  }

  async fillSignIn(user: string, password: string): Promise<void> {
    await this.page.getByLabel("User name").fill(user);
    await this.page.getByLabel("Password").fill(password);
    await this.page.getByRole("button", { name: "Sign in" }).click();
  }

  /** Opens a folder as the administrator, or as another user. */
  async signIn(fragment = "", { name, password } = administrator()): Promise<void> {
    await this.goto(fragment);
    await this.fillSignIn(name, password);
    await this.page.getByRole("button", { name: "Sign out" }).waitFor();
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
    expect(this.problems).toEqual([]);
  }
}

function administrator(): { readonly name: string; readonly password: string } {
  const { username, password } = inject("target");
  return { name: username, password };
}
