import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { folderWith, openForEachTest } from "../../support/files-page.ts";
import { FilesUser } from "../../support/files-user.ts";
import { target } from "../../support/target.ts";

const { apiUrl, kind, password, username } = target;

describe.skipIf(kind !== "local")("the page signs in", () => {
  const files = openForEachTest();
  const folder = folderWith({ "notes.txt": "The quick brown fox", "zeros.bin": "0".repeat(5000) });

  it("and shows what the user may see, also after a reload", async () => {
    await files.goto();
    await files.page.getByRole("heading", { name: "Files" }).waitFor();
    expect(await files.page.evaluate("document.activeElement.name")).toBe("username");
    await files.expectAccessible();
    await files.signIn(`#/files/${folder}/`);
    await files.row("notes.txt").waitFor();
    await files.page.reload();
    await files.row("notes.txt").waitFor();
    expect(await files.page.evaluate("JSON.stringify(sessionStorage)")).not.toContain(password);
  });

  it("only with the right password, and explains a wrong one and too many", async () => {
    files.expectStatus(401);
    files.expectStatus(429);
    const user = await FilesUser.create([{ role: "reader", prefix: `${folder}/` }]);
    await files.goto();
    await files.fillSignIn(user.name, "wrong");
    await files.page.getByRole("alert").getByText("The user name or the password is wrong.").waitFor();
    await files.expectAccessible();
    await expect
      .poll(async () => {
        await files.fillSignIn(user.name, `wrong ${randomUUID()}`);
        await files.page.getByRole("button", { name: "Sign in", exact: true }).waitFor();
        return files.page.getByRole("alert").textContent();
      })
      .toMatch(/^Too many failed attempts to sign in\. Try again in \d+ (minutes|seconds)\.$/);
    await user.remove();
  });

  it("again when the session has ended, without losing what the page shows", async () => {
    files.expectStatus(401);
    await files.signIn(`#/files/${folder}/`);
    await files.row("notes.txt").waitFor();
    await files.page.getByRole("checkbox", { name: "Select notes.txt" }).check();
    await files.page.route("**/api/list*", (route) => route.fulfill({ status: 401, body: "{}" }), { times: 1 });
    await files.page.getByRole("button", { name: "Modified" }).click();
    const dialog = files.dialog("Sign in again");
    await dialog.waitFor();
    expect(await dialog.getByLabel("User name").inputValue()).toBe(username);
    expect(await files.page.evaluate("document.activeElement.name")).toBe("password");
    await files.expectAccessible();
    await dialog.getByLabel("Password").fill(password);
    await dialog.getByRole("button", { name: "Sign in" }).click();
    await dialog.waitFor({ state: "hidden" });
    await expect.poll(() => files.names()).toEqual(["zeros.bin", "notes.txt"]);
    expect(await files.page.getByRole("checkbox", { name: "Select notes.txt" }).isChecked()).toBe(true);
  });

  it("and out, on the server as well", async () => {
    await files.signIn();
    const [request] = await Promise.all([
      files.page.waitForRequest((sent) => sent.method() === "DELETE" && sent.url() === `${apiUrl}/api/session`),
      files.page.getByRole("button", { name: "Sign out" }).click(),
    ]);
    expect((await request.response())?.status()).toBe(204);
    await files.page.getByLabel("User name").waitFor();
    expect(await files.page.title()).toBe("Files");
    await files.page.reload();
    await files.page.getByLabel("User name").waitFor();
  });
});
