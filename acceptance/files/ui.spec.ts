import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { basic, EVENTUALLY, FilesClient } from "../support/files-client.ts";
import { FilesPage } from "../support/files-page.ts";
import { FilesUser } from "../support/files-user.ts";

const { apiUrl, kind, username } = inject("target");
const client = new FilesClient();
const folder = `ui-${randomUUID()}`;
const content: Readonly<Record<string, string>> = {
  [`${folder}/notes.txt`]: "The quick brown fox",
  [`${folder}/zeros.bin`]: "0".repeat(5000),
};

describe.skipIf(kind !== "local")("the page", () => {
  let browser: Browser;
  let files: FilesPage;

  beforeAll(async () => {
    browser = await launchBrowser();
    for (const [key, body] of Object.entries(content)) await client.upload(key, body, "text/plain");
    // The files are listed when their events have been processed.
    const listed = async () => expect(await client.list({ prefix: `${folder}/` })).toHaveLength(2);
    await vi.waitFor(listed, EVENTUALLY);
  });
  afterAll(async () => {
    await browser.close();
    for (const { prefix_path } of await client.list({ prefix: folder })) await client.delete(prefix_path);
  });
  beforeEach(async () => {
    files = await FilesPage.open(browser);
  });
  afterEach(() => files.close());

  describe("signs in", () => {
    it("and shows what the user may see, also after a reload", async () => {
      await files.goto();
      await files.page.getByRole("heading", { name: "Files" }).waitFor();
      expect(await files.page.evaluate("document.activeElement.name")).toBe("username");
      await files.expectAccessible();
      await files.signIn(`#/files/${folder}/`);
      await files.row("notes.txt").waitFor();
      await files.page.reload();
      await files.row("notes.txt").waitFor();
      expect(await files.page.evaluate("JSON.stringify(sessionStorage)")).not.toContain(inject("target").password);
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
      const dialog = files.page.getByRole("dialog", { name: "Sign in again" });
      await dialog.waitFor();
      expect(await dialog.getByLabel("User name").inputValue()).toBe(username);
      expect(await files.page.evaluate("document.activeElement.name")).toBe("password");
      await files.expectAccessible();
      await dialog.getByLabel("Password").fill(inject("target").password);
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
      await files.page.reload();
      await files.page.getByLabel("User name").waitFor();
    });
  });

  describe("lists", () => {
    it("the files of a folder in the order of a column", async () => {
      await files.signIn(`#/files/${folder}/`);
      await expect.poll(() => files.names()).toEqual(["notes.txt", "zeros.bin"]);
      await files.page.getByRole("button", { name: "Name" }).click();
      await expect.poll(() => files.names()).toEqual(["zeros.bin", "notes.txt"]);
      expect(await files.page.getByRole("columnheader", { name: "Name" }).getAttribute("aria-sort")).toBe("descending");
      await files.page.getByRole("button", { name: "Modified" }).click();
      await expect.poll(() => files.names()).toEqual(["zeros.bin", "notes.txt"]);
      await files.expectAccessible();
    });

    it("10,000 files, of which it renders those in the window", async () => {
      await files.page.route("**/api/list?*", (route) => {
        const page = Number(new URL(route.request().url()).searchParams.get("cursor") ?? 0);
        const records = Array.from({ length: 1000 }, (_, index) => ({
          prefix_path: `many/${String(page * 1000 + index).padStart(5, "0")}.txt`,
          size: index,
          date_added: "2026-01-01T00:00:00.000Z",
          etag: "e",
          content_type: "text/plain",
        }));
        const link = `</api/list?cursor=${page + 1}>; rel="next"`;
        return route.fulfill({ json: { folders: [], files: records }, ...(page < 9 && { headers: { link } }) });
      });
      await files.signIn("#/files/many/");
      const grid = files.page.getByRole("grid");
      await expect.poll(() => grid.getAttribute("aria-rowcount")).toBe("10001");
      expect(await files.page.getByRole("row").count()).toBeLessThan(80);
      await files.row("00000.txt").focus();
      await files.page.keyboard.press("End");
      await expect.poll(() => files.focused()).toMatch(/^09999\.txt/);
      expect(await files.page.getByRole("row").count()).toBeLessThan(80);
      await files.page.keyboard.press("Home");
      await expect.poll(() => files.focused()).toMatch(/^00000\.txt/);
    });

    it("nothing in an empty folder, and says how to go on", async () => {
      await files.signIn(`#/files/${folder}/nothing/`);
      await files.page.getByRole("heading", { name: "This folder is empty" }).waitFor();
      await files.expectAccessible();
      await files.page.getByRole("link", { name: `Go to ${folder}` }).click();
      await files.row("notes.txt").waitFor();
    });

    it("again after a failure", async () => {
      files.expectStatus(503);
      await files.page.route("**/api/list*", (route) => route.fulfill({ status: 503, body: "{}" }), { times: 1 });
      await files.signIn(`#/files/${folder}/`);
      await files.page.getByRole("alert").getByText("The server failed. Try again in a moment.").waitFor();
      await files.expectAccessible();
      await files.page.getByRole("button", { name: "Try again" }).click();
      await files.row("notes.txt").waitFor();
    });
  });

  describe("uploads", () => {
    const target = `${folder}/uploads`;

    it("files by button, and shows them at once", async () => {
      await files.signIn(`#/files/${target}/`);
      await files.page.getByText("Drop files or folders here").waitFor();
      await files.page.getByRole("button", { name: "Upload", exact: true }).click();
      const chooser = files.page.waitForEvent("filechooser");
      await files.page.getByRole("menuitem", { name: "Files …" }).click();
      await (await chooser).setFiles([
        { name: "one.txt", mimeType: "text/plain", buffer: Buffer.from("one") },
        { name: "empty", mimeType: "", buffer: Buffer.alloc(0) },
        // Through a presigned URL, and in parts.
        { name: "medium.bin", mimeType: "application/octet-stream", buffer: Buffer.alloc(5_000_000, "m") },
        { name: "large.bin", mimeType: "application/octet-stream", buffer: Buffer.alloc(40_000_000, "l") },
      ]);
      await files.page.getByRole("status").getByText("Uploaded 4 files").waitFor();
      expect(await files.names()).toEqual(["empty", "large.bin", "medium.bin", "one.txt"]);
      await files.expectAccessible();
      expect(await (await client.download(`${target}/one.txt`)).text()).toBe("one");
      expect(
        (await client.request(`/api/files/${target}/large.bin`, { method: "HEAD" })).headers.get("content-length"),
      ).toBe("40000000");
      await files.page.reload();
      await expect.poll(() => files.names()).toEqual(["empty", "large.bin", "medium.bin", "one.txt"]);
    });

    it("a folder with everything in it", async () => {
      const path = mkdtempSync(join(tmpdir(), "ui-upload-"));
      mkdirSync(join(path, "album", "2024"), { recursive: true });
      writeFileSync(join(path, "album", "cover.txt"), "cover");
      writeFileSync(join(path, "album", "2024", "first.txt"), "first");
      await files.signIn(`#/files/${target}/`);
      await files.page.getByLabel("Folder to upload").setInputFiles(join(path, "album"));
      await files.page.getByRole("status").getByText("Uploaded 2 files").waitFor();
      await files.page.getByRole("link", { name: "album", exact: true }).click();
      await files.page.getByRole("link", { name: "2024", exact: true }).click();
      await files.row("first.txt").waitFor();
      expect(await files.page.locator(".breadcrumb [aria-current=page]").textContent()).toBe("2024");
      rmSync(path, { recursive: true });
    });

    it("files that are dropped anywhere", async () => {
      await files.signIn(`#/files/${target}/`);
      const dropped = await files.page.evaluateHandle(`(() => {
        const transfer = new DataTransfer();
        transfer.items.add(new File(["dropped"], "dropped.txt", { type: "text/plain" }));
        return transfer;
      })()`);
      await files.page.dispatchEvent("body", "dragover", { dataTransfer: dropped });
      await files.page.getByText(`Drop files or folders to upload them to ${target}/`).waitFor();
      await files.page.dispatchEvent("body", "drop", { dataTransfer: dropped });
      await files.row("dropped.txt").waitFor();
      await files.page.getByRole("status").getByText("Uploaded 1 file").waitFor();
      expect(await (await client.download(`${target}/dropped.txt`)).text()).toBe("dropped");
    });

    it("a file whose name is taken as the user decides", async () => {
      files.expectStatus(412);
      await client.upload(`${target}/taken.txt`, "before", "text/plain");
      await files.signIn(`#/files/${target}/`);
      const upload = async (content: string, answer: string) => {
        const file = { name: "taken.txt", mimeType: "text/plain", buffer: Buffer.from(content) };
        await files.page.getByLabel("Files to upload").setInputFiles([file]);
        const dialog = files.page.getByRole("dialog", { name: "taken.txt exists already" });
        await dialog.waitFor();
        await files.expectAccessible();
        await dialog.getByRole("button", { name: answer }).click();
        await dialog.waitFor({ state: "hidden" });
      };
      await upload("skipped", "Skip");
      await upload("kept", "Keep both");
      await files.row("taken (2).txt").waitFor();
      expect(await (await client.download(`${target}/taken.txt`)).text()).toBe("before");
      expect(await (await client.download(`${target}/taken (2).txt`)).text()).toBe("kept");
      await upload("replaced", "Replace");
      await expect.poll(async () => (await client.download(`${target}/taken.txt`)).text()).toBe("replaced");
    });

    it("a file once more after a failure", async () => {
      files.expectStatus(400);
      await files.page.route("**/api/upload/**", (route) => route.fulfill({ status: 400, body: "{}" }), { times: 1 });
      await files.signIn(`#/files/${target}/`);
      const file = { name: "retried.txt", mimeType: "text/plain", buffer: Buffer.from("x") };
      await files.page.getByLabel("Files to upload").setInputFiles([file]);
      await files.page.getByRole("status").getByText("1 of 1 file failed").waitFor();
      await files.page.getByText("The server refused the request (400).").waitFor();
      await files.page.getByRole("button", { name: "Retry retried.txt" }).click();
      await files.page.getByRole("status").getByText("Uploaded 1 file").waitFor();
    });

    it("a large file in parts that are not sent again after a reload", async () => {
      const path = mkdtempSync(join(tmpdir(), "ui-upload-"));
      const file = join(path, "film.bin");
      writeFileSync(file, Buffer.alloc(70_000_000, "f"));
      const parts: string[] = [];
      files.page.on("dialog", (dialog) => dialog.accept());
      files.page.on("requestfinished", (request) => {
        const part = new URL(request.url()).searchParams.get("partNumber");
        if (part !== null && request.method() === "PUT") parts.push(part);
      });
      // The last part never arrives.
      await files.page.route(/partNumber=5&/, () => {});
      await files.signIn(`#/files/${target}/`);
      await files.page.getByLabel("Files to upload").setInputFiles(file);
      await expect.poll(() => parts.toSorted()).toEqual(["1", "2", "3", "4"]);
      await files.page.reload();
      await files.page.getByRole("status").getByText("1 upload interrupted").waitFor();
      await files.page.unrouteAll({ behavior: "ignoreErrors" });
      await files.expectAccessible();
      await files.page.getByLabel("File to continue film.bin").setInputFiles(file);
      await files.page.getByRole("status").getByText("Uploaded 1 file").waitFor();
      expect(parts).toHaveLength(5);
      await files.row("film.bin").waitFor();
      rmSync(path, { recursive: true });
    });

    it("nothing where the user may only read", async () => {
      const reader = await FilesUser.create([{ role: "reader", prefix: `${folder}/` }]);
      await files.signIn(`#/files/${folder}/`, reader);
      await files.row("notes.txt").waitFor();
      expect(await files.page.getByRole("button", { name: "Upload" }).count()).toBe(0);
      await reader.remove();
    });
  });

  describe("changes files", () => {
    const target = `${folder}/changes`;
    const put = async (name: string, content: string, type = "text/plain") => {
      await client.upload(`${target}/${name}`, content, type);
      await client.listed(`${target}/${name}`);
    };
    const status = (text: string) => files.page.getByRole("status").getByText(text).waitFor();

    it("renames and moves one, but not to a name that is taken", async () => {
      files.expectStatus(409);
      await put("draft.txt", "draft");
      await put("taken.txt", "taken");
      await files.signIn(`#/files/${target}/`);
      await files.act("draft.txt", "Rename or move");
      const dialog = files.page.getByRole("dialog", { name: "Rename or move draft.txt" });
      await dialog.getByLabel("Name").fill("a/b");
      await dialog.getByText("A name cannot contain a slash.").waitFor();
      await dialog.getByLabel("Name").fill("taken.txt");
      await dialog.getByRole("button", { name: "Move" }).click();
      await dialog.getByRole("alert").getByText("There is a file with this name.").waitFor();
      await files.expectAccessible();
      await dialog.getByLabel("Name").fill("final.txt");
      await dialog.getByRole("button", { name: "Move" }).click();
      await status(`Moved to ${target}/final.txt.`);
      await expect.poll(() => files.names()).toEqual(["final.txt", "taken.txt"]);
      await client.unlisted(`${target}/draft.txt`);
      expect(await (await client.download(`${target}/final.txt`)).text()).toBe("draft");
    });

    it("deletes one, and restores it when that is undone", async () => {
      await put("deleted.txt", "still here");
      await files.signIn(`#/files/${target}/`);
      await files.act("deleted.txt", "Delete");
      await status("Deleted deleted.txt.");
      expect(await files.names()).not.toContain("deleted.txt");
      await client.unlisted(`${target}/deleted.txt`);
      await files.page.getByRole("button", { name: "Undo" }).click();
      await status("Restored deleted.txt.");
      await client.listed(`${target}/deleted.txt`);
      await files.row("deleted.txt").waitFor();
      expect(await (await client.download(`${target}/deleted.txt`)).text()).toBe("still here");
    });

    it("deletes a folder after a question", async () => {
      await put("old/one.txt", "1");
      await put("old/deep/two.txt", "2");
      await files.signIn(`#/files/${target}/`);
      await files.act("old", "Delete");
      const dialog = files.page.getByRole("dialog", { name: "Delete the folder old?" });
      await dialog.waitFor();
      expect(await files.focused()).toBe("Keep"); // Enter alone deletes nothing.
      await files.expectAccessible();
      await dialog.getByRole("button", { name: "Delete" }).click();
      await status("Deleted 2 files.");
      await client.unlisted(`${target}/old/deep/two.txt`);
    });

    it("restores an older version", async () => {
      await put("report.txt", "first");
      await put("report.txt", "second");
      await files.signIn(`#/files/${target}/`);
      await files.page.getByRole("button", { name: "report.txt", exact: true }).click();
      await files.page.getByText("second", { exact: true }).waitFor();
      await files.page.getByRole("button", { name: "Versions" }).click();
      await files.page
        .getByRole("button", { name: /^Restore the version of/ })
        .first()
        .click();
      await status("Restored report.txt.");
      expect(await (await client.download(`${target}/report.txt`)).text()).toBe("first");
    });

    it("finds files by a part of the name, also below", async () => {
      await put("deep/er/Müller.txt", "x");
      await files.signIn(`#/files/${folder}/`);
      await files.page.getByRole("searchbox").fill("muller");
      await files.page.keyboard.press("Enter");
      await files.row("Müller.txt").getByText(`in ${target}/deep/er/`).waitFor();
      await files.expectAccessible();
      await files.page.getByRole("searchbox").fill("nothing like this");
      await files.page.keyboard.press("Enter");
      await files.page.getByRole("heading", { name: "No file matches" }).waitFor();
    });
  });

  describe("shows files", () => {
    const target = `${folder}/previews`;
    const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    const open = async (name: string, content: string | Buffer, type: string) => {
      await client.upload(`${target}/${name}`, new Uint8Array(Buffer.from(content)), type);
      await client.listed(`${target}/${name}`);
      await files.signIn(`#/files/${target}/`);
      await files.page.getByRole("button", { name, exact: true }).click();
      return files.page.getByRole("dialog", { name });
    };

    it("shows a text, and HTML as text that does not run", async () => {
      const dialog = await open(
        "evil.html",
        "<script>document.title = 'run'</script><img src=x onerror=alert(1)>",
        "text/html",
      );
      await dialog.getByText("<script>document.title").waitFor();
      expect(await files.page.title()).not.toBe("run");
      await files.expectAccessible();
    });

    it("shows an image", async () => {
      const dialog = await open("dot.png", Buffer.from(png, "base64"), "image/png");
      await dialog.getByRole("img", { name: "dot.png" }).waitFor();
      await expect.poll(() => files.page.evaluate("document.querySelector('dialog img').naturalWidth")).toBe(1);
      await files.expectAccessible();
    });

    it("shows nothing of other types, which can be downloaded", async () => {
      const dialog = await open("archive.zip", "PK", "application/zip");
      await dialog.getByText("This file cannot be shown here.").waitFor();
      const download = files.page.waitForEvent("download");
      await dialog.getByRole("button", { name: "Download" }).click();
      expect((await download).suggestedFilename()).toBe("archive.zip");
    });

    it("downloads a text as a file", async () => {
      const dialog = await open("plain.txt", "plain", "text/plain");
      const download = files.page.waitForEvent("download");
      await dialog.getByRole("button", { name: "Download" }).click();
      expect((await download).suggestedFilename()).toBe("plain.txt");
    });

    it("makes a link that works without signing in", async () => {
      const dialog = await open("shared.txt", "shared", "text/plain");
      await dialog.getByRole("button", { name: "Copy link" }).click();
      const field = files.page.getByRole("dialog", { name: "Link to shared.txt" }).getByLabel("Link", { exact: true });
      expect(await (await fetch(await field.inputValue())).text()).toBe("shared");
      await files.expectAccessible();
    });
  });

  describe("manages access", () => {
    const dialog = (name: string) => files.page.getByRole("dialog", { name });

    it("makes an access key, shows it once, and revokes it", async () => {
      const user = await FilesUser.create([{ role: "reader", prefix: `${folder}/` }]);
      await files.signIn("#/keys", user);
      await files.page.getByText("There are no access keys yet.").waitFor();
      await files.page.getByRole("button", { name: "New access key" }).click();
      await dialog("New access key").getByLabel("Name").fill("laptop");
      await files.expectAccessible();
      await dialog("New access key").getByRole("button", { name: "Create" }).click();
      const token = await files.page.getByLabel("Access key", { exact: true }).inputValue();
      await files.expectAccessible();
      expect((await new FilesClient(`Bearer ${token}`).json("GET", "/api/me")).body.user).toBe(user.name);
      await dialog("The access key laptop").getByRole("button", { name: "Done" }).click();
      expect(await files.page.content()).not.toContain(token);
      await files.page.getByRole("button", { name: "Revoke laptop" }).click();
      await dialog("Revoke the key laptop?").getByRole("button", { name: "Revoke" }).click();
      await files.page.getByText("There are no access keys yet.").waitFor();
      expect(await files.page.getByRole("link", { name: "Users" }).count()).toBe(0);
      await user.remove();
    });

    it("adds, changes, disables and removes a user, for administrators", async () => {
      const name = `ui-${randomUUID()}`;
      await files.signIn("#/users");
      await files.page.getByRole("button", { name: "New user" }).click();
      await dialog("New user").getByLabel("Name").fill(name);
      await dialog("New user").getByLabel("Folder").fill(`${folder}/notes`);
      await dialog("New user").getByRole("button", { name: "Add", exact: true }).click();
      const password = await files.page.getByLabel("Password").inputValue();
      const added = new FilesClient(basic(name, password));
      expect((await added.json("GET", "/api/me")).body.grants).toEqual([
        { role: "reader", prefix: `${folder}/notes/` },
      ]);
      await files.page.getByRole("button", { name: "Done" }).click();
      await files.act(name, "Permissions");
      await dialog(`Permissions of ${name}`).getByLabel("Role").selectOption("writer");
      await files.expectAccessible();
      await dialog(`Permissions of ${name}`).getByRole("button", { name: "Save" }).click();
      const item = files.page.getByRole("listitem").filter({ hasText: name });
      await item.getByText(`Read and write in ${folder}/notes/`).waitFor();
      await files.act(name, "Disable");
      await item.getByText("disabled").waitFor();
      await files.expectAccessible();
      await files.act(name, "Remove");
      await dialog(`Remove the user ${name}?`).getByRole("button", { name: "Remove" }).click();
      await item.waitFor({ state: "detached" });
    });
  });

  it("is used by keyboard only", async () => {
    await client.upload(`${folder}/keyboard/a.txt`, "a", "text/plain");
    await client.upload(`${folder}/keyboard/b.txt`, "b", "text/plain");
    await client.listed(`${folder}/keyboard/b.txt`);
    await files.signIn(`#/files/${folder}/keyboard/`);
    await files.row("b.txt").waitFor();
    const { keyboard } = files.page;
    const focusedRow = () => files.page.evaluate("document.activeElement.dataset.index");
    await files.row("a.txt").focus();
    await keyboard.press("ArrowDown");
    await expect.poll(focusedRow).toBe("1");
    await keyboard.press(" ");
    await files.page.getByRole("status").getByText("1 selected").waitFor();
    await keyboard.press(" ");
    await keyboard.press("Enter");
    await files.page.getByRole("dialog", { name: "b.txt" }).waitFor();
    await keyboard.press("Escape");
    await expect.poll(focusedRow).toBe("1");
    await keyboard.press("F2");
    await files.page.getByRole("dialog", { name: "Rename or move b.txt" }).waitFor();
    await keyboard.press("ControlOrMeta+a");
    await keyboard.type("c.txt");
    await keyboard.press("Enter");
    await files.row("c.txt").waitFor();
    await files.row("c.txt").focus();
    await keyboard.press("Delete");
    await expect.poll(() => files.names()).toEqual(["a.txt"]);
  });

  it.each([320, 768, 1280])("fits a window of %i pixels, in light and in dark", async (width) => {
    await files.page.setViewportSize({ width, height: 640 });
    await files.signIn(`#/files/${folder}/`);
    await files.row("notes.txt").waitFor();
    for (const colorScheme of ["light", "dark"] as const) {
      await files.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await files.expectAccessible();
    }
  });
});
