import { describe, expect, it } from "vitest";
import { openForEachTest } from "../support/files-page.ts";
import { target } from "../support/target.ts";

const { apiUrl, kind, username, password } = target;

describe.skipIf(kind !== "local")("the description of the API as a page", () => {
  const files = openForEachTest();

  it("sends a request that its reader tries, after signing in", async () => {
    const { page } = files;
    await page.goto(`${apiUrl}/docs`);
    await page.getByRole("button", { name: "Authorize" }).click();
    await page.getByLabel("auth-basic-username").fill(username);
    await page.getByLabel("auth-basic-password").fill(password);
    await page.getByRole("button", { name: "Apply credentials" }).first().click();
    await page.getByRole("button", { name: "Close" }).first().click();
    const operation = page.locator("#operations-Account-getMe");
    await operation.getByRole("button").first().click();
    await operation.getByRole("button", { name: "Execute" }).click();
    const response = operation.locator(".live-responses-table .response").first();
    await expect.poll(() => response.textContent()).toContain(`"user": "${username}"`);
  });
});
