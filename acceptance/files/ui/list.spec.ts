import { describe, expect, it } from "vitest";
import { folderWith, openForEachTest } from "../../support/files-page.ts";
import { target } from "../../support/target.ts";

/** A page of a thousand files in the folder `many/`. */
const pageOfFiles = (page: number) => ({
  folders: [],
  files: Array.from({ length: 1000 }, (_, index) => ({
    prefix_path: `many/${String(page * 1000 + index).padStart(5, "0")}.txt`,
    size: index,
    date_added: "2026-01-01T00:00:00.000Z",
    etag: "e",
    content_type: "text/plain",
  })),
});

describe.skipIf(target.kind !== "local")("the page lists", () => {
  const files = openForEachTest();
  const folder = folderWith({ "notes.txt": "The quick brown fox", "zeros.bin": "0".repeat(5000) });
  const searched = folderWith({ "deep/er/Müller.txt": "x" });

  it("the files of a folder in the order of a column", async () => {
    await files.signIn(`#/files/${folder}/`);
    await expect.poll(() => files.names()).toEqual(["notes.txt", "zeros.bin"]);
    await files.page.getByRole("button", { name: "Name" }).click();
    await expect.poll(() => files.names()).toEqual(["zeros.bin", "notes.txt"]);
    expect(await files.page.getByRole("columnheader", { name: "Name" }).getAttribute("aria-sort")).toBe("descending");
    await files.page.getByRole("button", { name: "Modified" }).click();
    await expect.poll(() => files.names()).toEqual(["zeros.bin", "notes.txt"]);
    await files.page.getByRole("button", { name: "Modified" }).click();
    await expect.poll(() => files.names()).toEqual(["notes.txt", "zeros.bin"]);
    await files.expectAccessible();
  });

  it("10,000 files, of which it renders those in the window", async () => {
    await files.page.route("**/api/list?*", (route) => {
      const page = Number(new URL(route.request().url()).searchParams.get("cursor") ?? 0);
      const link = `</api/list?cursor=${page + 1}>; rel="next"`;
      return route.fulfill({ json: pageOfFiles(page), ...(page < 9 && { headers: { link } }) });
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

  it("further files while they are scrolled, before anything else happens", async () => {
    await files.page.route("**/api/list?*", (route) => route.fulfill({ json: pageOfFiles(0) }));
    await files.signIn("#/files/many/");
    await files.row("00000.txt").waitFor();
    await files.page.mouse.wheel(0, 20_000);
    await files.row("00500.txt").waitFor();
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

  it("finds files by a part of the name, also below", async () => {
    await files.signIn(`#/files/${searched}/`);
    await files.page.getByRole("searchbox").fill("muller");
    await files.page.keyboard.press("Enter");
    await files.row("Müller.txt").getByText(`in ${searched}/deep/er/`).waitFor();
    await files.expectAccessible();
    await files.page.getByRole("searchbox").fill("nothing like this");
    await files.page.keyboard.press("Enter");
    await files.page.getByRole("heading", { name: "No file matches" }).waitFor();
  });
});
