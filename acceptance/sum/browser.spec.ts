import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";

const { sumUrl: url = "", kind } = inject("target");
describe.skipIf(url === "" || kind !== "local")("the pages in a browser", () => {
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    await fetch(`${url}/reset_table`, { method: "POST" });
    problems.length = 0;
    page = await browser.newPage();
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  });
  afterEach(() => page.close());

  const focused = () => page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()");

  it("add a number by keyboard and focus the field again", async () => {
    await page.goto(`${url}/adder_service`);
    expect(await focused()).toBe("number");
    await page.keyboard.type("12.50");
    await page.keyboard.press("Enter");
    await page.getByRole("status").getByText("Added 12.50.").waitFor();
    expect(await page.locator("#sum").textContent()).toBe("12.50");
    expect(await page.getByLabel("Number").inputValue()).toBe("");
    expect(await focused()).toBe("number");
    await page.keyboard.type("-2.5");
    await page.keyboard.press("Enter");
    await page.getByText("Added -2.5.").waitFor();
    expect(await page.locator("#sum").textContent()).toBe("10.00");
    expect(problems).toEqual([]);
  });

  it("show an error for invalid input and keep the input", async () => {
    await page.goto(`${url}/adder_service`);
    await page.getByLabel("Number").fill("twelve");
    await page.getByRole("button", { name: "Add" }).click();
    await page.getByRole("status").getByText("That is not a number").waitFor();
    expect(await page.getByLabel("Number").inputValue()).toBe("twelve");
    expect(await page.getByLabel("Number").getAttribute("aria-invalid")).toBe("true");
    expect(await page.locator("#sum").textContent()).toBe("0.00");
  });

  it("can be navigated by keyboard", async () => {
    await page.goto(`${url}/display_service`);
    const stops: unknown[] = [];
    for (let stop = 0; stop < 5; stop += 1) {
      await page.keyboard.press("Tab");
      stops.push(await focused());
    }
    expect(stops).toEqual(["Skip to content", "Sum", "Add", "Display", "Reset"]);
    expect(await page.locator("[aria-current=page]").textContent()).toBe("Display");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${url}/reset_service`);
  });

  it("paginate the numbers in both directions", async () => {
    for (let number = 1; number <= 30; number += 1) {
      await fetch(`${url}/add_number`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ number }),
      });
    }
    await page.goto(`${url}/display_service`);
    const firstId = () => page.locator("tbody td").first().textContent();
    expect(await page.locator("#sum").textContent()).toBe("465.00");
    expect([await page.locator("tbody tr").count(), await firstId()]).toEqual([25, "30"]);
    await page.getByRole("link", { name: "Older" }).click();
    expect([await page.locator("tbody tr").count(), await firstId()]).toEqual([5, "5"]);
    await page.getByRole("link", { name: "Newer" }).click();
    expect(await firstId()).toBe("30");
  });

  it("reset only after the checkbox, the button and a confirmation", async () => {
    await fetch(`${url}/add_number`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"number":5}',
    });
    await page.goto(`${url}/reset_service`);
    const button = page.getByRole("button", { name: "Reset…" });
    expect(await button.isDisabled()).toBe(true);
    await page.getByLabel("I understand").check();
    await button.click();
    const dialog = page.getByRole("dialog", { name: "Delete all numbers?" });
    await dialog.waitFor();
    expect(await focused()).toBe("Keep them"); // Enter alone deletes nothing.
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    expect(await total()).toBe("5.00");
    await button.click();
    await dialog.getByRole("button", { name: "Delete all" }).click();
    await page.getByRole("status").getByText("All numbers were deleted").waitFor();
    expect(await button.isDisabled()).toBe(true);
    expect(await total()).toBe("0.00");
    expect(problems).toEqual([]);
  });

  it.each([
    [1280, "light"],
    [360, "dark"],
  ] as const)("fit a window of %i pixels in %s mode", async (width, colorScheme) => {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    for (const path of ["/", "/adder_service", "/display_service", "/reset_service"]) {
      await page.goto(url + path);
      const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      expect(await page.evaluate(overflow), path).toBe(0);
    }
  });

  async function total(): Promise<string> {
    const text = await (await fetch(`${url}/display_service`)).text();
    return /<dd id="sum">([^<]+)</.exec(text)?.[1] ?? "";
  }
});
