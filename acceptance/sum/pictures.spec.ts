import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { hasPackagedBrowser, launchBrowser } from "../support/browser.ts";
import { comparePicture } from "../support/pictures.ts";
import { SumClient } from "../support/sum-client.ts";
import { target } from "../support/target.ts";

const { sumUrl: url = "", kind } = target;
const client = new SumClient();
const update = inject("updatePictures");
const PICTURES = join(import.meta.dirname, "pictures");
const NUMBERS = ["1250", "-3", "0.005", "19.99", "999999999999999.5", "7"];

/** Each state of each page: how to reach it, beginning with a table with these numbers. */
const states: Readonly<
  Record<string, { readonly numbers: readonly string[]; readonly show: (page: Page) => unknown }>
> = {
  home: { numbers: ["12.5"], show: (page) => page.goto(`${url}/`) },
  add: { numbers: ["12.5"], show: (page) => page.goto(`${url}/adder_service`) },
  "add-succeeded": { numbers: [], show: (page) => submit(page, "12.50", "Added 12.50.") },
  "add-failed": { numbers: ["12.5"], show: (page) => submit(page, "twelve", "That is not a number") },
  "display-empty": { numbers: [], show: (page) => page.goto(`${url}/display_service`) },
  display: { numbers: NUMBERS, show: (page) => page.goto(`${url}/display_service`) },
  "display-newest": { numbers: sequence(30), show: (page) => page.goto(`${url}/display_service`) },
  "display-oldest": { numbers: sequence(30), show: (page) => page.goto(`${url}/display_service?before=6`) },
  "display-deleted": { numbers: ["1"], show: (page) => page.goto(`${url}/display_service?before=1`) },
  reset: { numbers: [], show: (page) => page.goto(`${url}/reset_service`) },
  "reset-question": { numbers: [], show: (page) => askReset(page) },
  "reset-denied": { numbers: [], show: (page) => denyReset(page) },
  "reset-succeeded": { numbers: ["1"], show: (page) => reset(page) },
  "not-found": { numbers: [], show: (page) => page.goto(`${url}/nothing`) },
  "bad-request": { numbers: [], show: (page) => page.goto(`${url}/display_service?before=x`) },
  "focus-skip-link": { numbers: ["12.5"], show: (page) => pressTab(page, 1) },
  "focus-navigation": { numbers: ["12.5"], show: (page) => pressTab(page, 4) },
  "focus-tile": { numbers: ["12.5"], show: (page) => pressTab(page, 6) },
};

function sequence(count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(index + 1));
}

async function submit(page: Page, number: string, message: string): Promise<void> {
  await page.goto(`${url}/adder_service`);
  await page.getByLabel("Number").fill(number);
  await page.getByRole("button", { name: "Add" }).click();
  await page.getByRole("status").getByText(message).waitFor();
}

async function askReset(page: Page): Promise<void> {
  await page.goto(`${url}/reset_service`);
  await page.getByLabel("I understand").check();
  await page.getByRole("button", { name: "Reset…" }).click();
  await page.getByRole("dialog").waitFor();
}

/** As an unknown user: the failures of the bootstrap user are limited, and other tests need it. */
async function denyReset(page: Page): Promise<void> {
  await askReset(page);
  await page.getByLabel("User name").fill("somebody");
  await page.getByLabel("Password").fill("wrong");
  await page.getByRole("button", { name: "Delete all" }).click();
  await page.getByRole("alert").getByText("wrong").waitFor();
}

async function reset(page: Page): Promise<void> {
  await askReset(page);
  await page.getByLabel("User name").fill(target.username);
  await page.getByLabel("Password").fill(target.password);
  await page.getByRole("button", { name: "Delete all" }).click();
  await page.getByRole("status").getByText("All numbers were deleted").waitFor();
}

async function pressTab(page: Page, times: number): Promise<void> {
  await page.goto(`${url}/`);
  for (let time = 0; time < times; time += 1) await page.keyboard.press("Tab");
}

// An installed Chrome has other fonts than the pictures show.
describe.skipIf(url === "" || kind !== "local" || !hasPackagedBrowser)("the pages look like the pictures of", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  it.each(Object.entries(states))("%s", async (name, { numbers, show }) => {
    const failures: unknown[] = [];
    for (const colorScheme of ["light", "dark"] as const) {
      for (const width of [360, 768, 1280]) {
        await client.replaceNumbers(numbers);
        const page = await browser.newPage({ colorScheme, viewport: { width, height: 640 }, reducedMotion: "reduce" });
        await show(page);
        const screenshot = await page.screenshot({ fullPage: true, animations: "disabled", caret: "hide" });
        await page.close();
        try {
          comparePicture(join(PICTURES, `${name}-${width}-${colorScheme}.png`), screenshot, update);
        } catch (error) {
          failures.push(error instanceof Error ? error.message : error);
        }
      }
    }
    expect(failures).toEqual([]);
  });
});
