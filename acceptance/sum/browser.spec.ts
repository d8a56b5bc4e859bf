import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { SumClient } from "../support/sum-client.ts";
import { target } from "../support/target.ts";

const { sumUrl: url = "", kind, username, password } = target;
const client = new SumClient();

describe.skipIf(url === "" || kind !== "local")("the pages in a browser", () => {
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    await client.replaceNumbers([]);
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
    for (let number = 1; number <= 30; number += 1) await client.add(number);
    await page.goto(`${url}/display_service`);
    const firstId = () => page.locator("tbody td").first().textContent();
    expect(await page.locator("#sum").textContent()).toBe("465.00");
    expect([await page.locator("tbody tr").count(), await firstId()]).toEqual([25, "30"]);
    await page.getByRole("link", { name: "Older" }).click();
    expect([await page.locator("tbody tr").count(), await firstId()]).toEqual([5, "5"]);
    await page.getByRole("link", { name: "Newer" }).click();
    expect(await firstId()).toBe("30");
  });

  const openDialog = async () => {
    await page.goto(`${url}/reset_service`);
    await page.getByLabel("I understand").check();
    await page.getByRole("button", { name: "Reset…" }).click();
    const dialog = page.getByRole("dialog", { name: "Delete all numbers?" });
    await dialog.waitFor();
    return dialog;
  };

  it("reset only after the checkbox, the button and a sign-in", async () => {
    await client.add(5);
    await page.goto(`${url}/reset_service`);
    const button = page.getByRole("button", { name: "Reset…" });
    expect(await button.isDisabled()).toBe(true);
    const dialog = await openDialog();
    expect(await focused()).toBe("username");
    await page.keyboard.press("Enter"); // The fields are required: nothing is sent.
    expect(await focused()).toBe("username");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    expect(await client.total()).toBe("5.00");
    await button.click();
    await dialog.getByLabel("User name").fill(username);
    await dialog.getByLabel("Password").fill(password);
    await dialog.getByRole("button", { name: "Delete all" }).click();
    await page.getByRole("status").getByText("All numbers were deleted").waitFor();
    expect(await button.isDisabled()).toBe(true);
    expect(await focused()).toBe("sure");
    expect(await client.total()).toBe("0.00");
    expect(problems).toEqual([]);
  });

  it("keep the dialog of a reset open after a wrong password, and delete with the right one, by keyboard", async () => {
    await client.add(5);
    const dialog = await openDialog();
    await page.keyboard.type(username);
    await page.keyboard.press("Tab");
    await page.keyboard.type("wrong");
    await page.keyboard.press("Enter");
    await dialog.getByRole("alert").getByText("The user name or the password is wrong.").waitFor();
    const field = dialog.getByLabel("Password");
    expect(await dialog.getByLabel("User name").inputValue()).toBe(username);
    expect([await field.inputValue(), await field.getAttribute("aria-invalid")]).toEqual(["wrong", "true"]);
    expect(await focused()).toBe("password");
    expect(await client.total()).toBe("5.00");
    await page.keyboard.type(password); // Replaces the selected text.
    expect(await dialog.getByRole("alert").textContent()).toBe("");
    await page.keyboard.press("Enter");
    await page.getByRole("status").getByText("All numbers were deleted").waitFor();
    expect([await dialog.isVisible(), await page.locator("#password").inputValue()]).toEqual([false, ""]);
    expect(await page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length")).toBe(0);
    expect(await client.total()).toBe("0.00");
  });

  it("forget the password of a reset that was cancelled", async () => {
    const dialog = await openDialog();
    await dialog.getByLabel("User name").fill(username);
    await dialog.getByLabel("Password").fill(password);
    await dialog.getByRole("button", { name: "Keep them" }).click();
    await page.getByRole("button", { name: "Reset…" }).click();
    expect(await dialog.getByLabel("User name").inputValue()).toBe(username);
    expect(await dialog.getByLabel("Password").inputValue()).toBe("");
    expect(await focused()).toBe("password");
  });

  it("show when a sign-in for a reset is possible again after too many failures", async () => {
    const dialog = await openDialog();
    await dialog.getByLabel("User name").fill(`guessed-${Date.now()}`);
    await dialog.getByLabel("Password").fill("wrong");
    const send = dialog.getByRole("button", { name: "Delete all" });
    const reason = dialog.getByRole("alert");
    for (let failure = 0; failure < 10; failure += 1) {
      await send.click();
      await expect.poll(() => reason.textContent()).toMatch(/is wrong/);
      expect(await focused()).toBe("password"); // The button, which was clicked, lost the focus while it was disabled.
    }
    await send.click();
    await expect.poll(() => reason.textContent()).toMatch(/^Too many failed attempts.* Try again at \d?\d:\d\d/);
    expect(await dialog.getByLabel("Password").inputValue()).toBe("wrong");
  });

  it.each([
    [1280, "light"],
    [320, "dark"],
  ] as const)("fit a window of %i pixels in %s mode", async (width, colorScheme) => {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    for (const path of ["/", "/adder_service", "/display_service", "/reset_service"]) {
      await page.goto(url + path);
      const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      expect(await page.evaluate(overflow), path).toBe(0);
    }
    const box = await (await openDialog()).boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
  });
});
