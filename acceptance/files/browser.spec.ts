import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";

const { apiUrl, username, password } = inject("target");
let browser: Awaited<ReturnType<typeof launchBrowser>>;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** A browser whose user types these into its prompt. */
async function pageOf(typed: { username: string; password: string }) {
  const context = await browser.newContext({ httpCredentials: typed });
  return context.newPage();
}

it("signs a browser in at /sign_in, and then sends the credentials to every path", async () => {
  const page = await pageOf({ username, password });
  const list = await page.goto(`${apiUrl}/sign_in`);
  expect([list?.status(), new URL(page.url()).pathname]).toEqual([200, "/"]);
  expect(await list?.json()).toEqual(expect.any(Array));
  expect((await page.goto(`${apiUrl}/api/list?limit=1`))?.status()).toBe(200);
  expect((await page.goto(`${apiUrl}/no-such-file`))?.status()).toBe(404);
});

it("does not sign in with a wrong password", async () => {
  const page = await pageOf({ username, password: "wrong" });
  expect((await page.goto(`${apiUrl}/sign_in`))?.status()).toBe(401);
});
