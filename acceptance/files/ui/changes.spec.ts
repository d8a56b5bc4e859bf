import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FilesClient } from "../../support/files-client.ts";
import { folderWith, openForEachTest } from "../../support/files-page.ts";
import { target } from "../../support/target.ts";

const client = new FilesClient();

describe.skipIf(target.kind !== "local")("the page changes files", () => {
  const files = openForEachTest();
  const target = folderWith();
  const put = async (name: string, content: string, type = "text/plain") => {
    await client.upload(`${target}/${name}`, content, type);
    await client.listed(`${target}/${name}`);
  };

  it("renames and moves one, but not to a name that is taken", async () => {
    files.expectStatus(409);
    await put("draft.txt", "draft");
    await put("taken.txt", "taken");
    await files.signIn(`#/files/${target}/`);
    await files.act("draft.txt", "Rename or move");
    const dialog = files.dialog("Rename or move draft.txt");
    await dialog.getByLabel("Name").fill("a/b");
    await dialog.getByText("A name cannot contain a slash.").waitFor();
    await dialog.getByLabel("Name").fill("taken.txt");
    await dialog.getByRole("button", { name: "Move" }).click();
    await dialog.getByRole("alert").getByText("There is a file with this name.").waitFor();
    await files.expectAccessible();
    await dialog.getByLabel("Name").fill("final.txt");
    await dialog.getByRole("button", { name: "Move" }).click();
    await files.status(`Moved to ${target}/final.txt.`);
    await expect.poll(() => files.names()).toEqual(["final.txt", "taken.txt"]);
    await client.unlisted(`${target}/draft.txt`);
    expect(await (await client.download(`${target}/final.txt`)).text()).toBe("draft");
  });

  it("renames and moves a folder with all its files, but not into itself", async () => {
    await put("plans/one.txt", "1");
    await put("plans/deep/two.txt", "2");
    await files.signIn(`#/files/${target}/`);
    await files.act("plans", "Rename or move");
    const dialog = files.dialog("Rename or move plans");
    await dialog.getByLabel("Folder").fill(`${target}/plans`);
    await dialog.getByText("A folder cannot be moved into itself.").waitFor();
    await dialog.getByLabel("Folder").fill(`${target}/archive`);
    await dialog.getByLabel("Name").fill("2026");
    await dialog.getByRole("button", { name: "Move" }).click();
    await files.status(`Moved 2 files to ${target}/archive/2026/.`);
    await files.row("archive").waitFor();
    await client.unlisted(`${target}/plans/deep/two.txt`);
    expect(await files.names()).not.toContain("plans");
    expect(await (await client.download(`${target}/archive/2026/deep/two.txt`)).text()).toBe("2");
  });

  it("deletes one, and restores it when that is undone", async () => {
    await put("deleted.txt", "still here");
    await files.signIn(`#/files/${target}/`);
    await files.act("deleted.txt", "Delete");
    await files.status("Deleted deleted.txt.");
    expect(await files.names()).not.toContain("deleted.txt");
    await client.unlisted(`${target}/deleted.txt`);
    await files.page.getByRole("button", { name: "Undo" }).click();
    await files.status("Restored deleted.txt.");
    await client.listed(`${target}/deleted.txt`);
    await files.row("deleted.txt").waitFor();
    expect(await (await client.download(`${target}/deleted.txt`)).text()).toBe("still here");
  });

  it("deletes a folder after a question", async () => {
    await put("old/one.txt", "1");
    await put("old/deep/two.txt", "2");
    await files.signIn(`#/files/${target}/`);
    await files.act("old", "Delete");
    const dialog = files.dialog("Delete the folder old?");
    await dialog.waitFor();
    expect(await files.focused()).toBe("Keep"); // Enter alone deletes nothing.
    await files.expectAccessible();
    await dialog.getByRole("button", { name: "Delete" }).click();
    await files.status("Deleted 2 files.");
    await client.unlisted(`${target}/old/deep/two.txt`);
  });

  it("downloads and restores an older version", async () => {
    await put("report.txt", "first");
    await put("report.txt", "second");
    await files.signIn(`#/files/${target}/`);
    await files.page.getByRole("button", { name: "report.txt", exact: true }).click();
    await files.page.getByText("second", { exact: true }).waitFor();
    await files.page.getByRole("button", { name: "Versions" }).click();
    const download = files.page.waitForEvent("download");
    await files.page
      .getByRole("button", { name: /^Download the version of/ })
      .first()
      .click();
    expect(readFileSync(await (await download).path(), "utf8")).toBe("first");
    await files.expectAccessible();
    await files.page
      .getByRole("button", { name: /^Restore the version of/ })
      .first()
      .click();
    await files.status("Restored report.txt.");
    expect(await (await client.download(`${target}/report.txt`)).text()).toBe("first");
  });

  it("downloads an older version from the bucket when it is large", async () => {
    const key = `${target}/large.txt`;
    const { body } = await client.json("GET", `/api/upload_presigned/${key}`);
    expect((await fetch(body.url, { method: "PUT", body: "l".repeat(8_000_000) })).status).toBe(200);
    await put("large.txt", "small");
    await files.signIn(`#/files/${target}/`);
    await files.page.getByRole("button", { name: "large.txt", exact: true }).click();
    await files.page.getByRole("button", { name: "Versions" }).click();
    const download = files.page.waitForEvent("download");
    await files.page.getByRole("button", { name: /^Download the version of/ }).click();
    expect(readFileSync(await (await download).path())).toHaveLength(8_000_000);
  });
});
