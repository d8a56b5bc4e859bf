import { describe, expect, it } from "vitest";
import { FilesClient } from "../../support/files-client.ts";
import { folderWith, openForEachTest } from "../../support/files-page.ts";
import { target } from "../../support/target.ts";

const client = new FilesClient();

describe.skipIf(target.kind !== "local")("the page shows files", () => {
  const files = openForEachTest();
  const target = folderWith();
  const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  const open = async (name: string, content: string | Buffer, type: string) => {
    await client.upload(`${target}/${name}`, new Uint8Array(Buffer.from(content)), type);
    await client.listed(`${target}/${name}`);
    await files.signIn(`#/files/${target}/`);
    await files.page.getByRole("button", { name, exact: true }).click();
    return files.dialog(name);
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
    const field = files.dialog("Link to shared.txt").getByLabel("Link", { exact: true });
    expect(await (await fetch(await field.inputValue())).text()).toBe("shared");
    await files.expectAccessible();
  });
});
