import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FilesClient } from "../../support/files-client.ts";
import { folderWith, openForEachTest } from "../../support/files-page.ts";
import { FilesUser } from "../../support/files-user.ts";
import { target } from "../../support/target.ts";

const client = new FilesClient();

describe.skipIf(target.kind !== "local")("the page uploads", () => {
  const files = openForEachTest();
  const folder = folderWith({ "notes.txt": "The quick brown fox" });

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
    await files.status("Uploaded 4 files");
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
    await files.status("Uploaded 2 files");
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
    await files.status("Uploaded 1 file");
    expect(await (await client.download(`${target}/dropped.txt`)).text()).toBe("dropped");
  });

  it("a file whose name is taken as the user decides", async () => {
    files.expectStatus(412);
    await client.upload(`${target}/taken.txt`, "before", "text/plain");
    await files.signIn(`#/files/${target}/`);
    const upload = async (content: string, answer: string) => {
      const file = { name: "taken.txt", mimeType: "text/plain", buffer: Buffer.from(content) };
      await files.page.getByLabel("Files to upload").setInputFiles([file]);
      const dialog = files.dialog("taken.txt exists already");
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
    await files.status("1 of 1 file failed");
    await files.page.getByText("The server refused the request (400).").waitFor();
    await files.page.getByRole("button", { name: "Retry retried.txt" }).click();
    await files.status("Uploaded 1 file");
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
    await files.status("1 upload interrupted");
    await files.page.unrouteAll({ behavior: "ignoreErrors" });
    await files.expectAccessible();
    await files.page.getByLabel("File to continue film.bin").setInputFiles(file);
    await files.status("Uploaded 1 file");
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
