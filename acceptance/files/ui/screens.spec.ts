import { describe, expect, it } from "vitest";
import { FilesClient } from "../../support/files-client.ts";
import { folderWith, openForEachTest } from "../../support/files-page.ts";
import { target } from "../../support/target.ts";

const client = new FilesClient();

describe.skipIf(target.kind !== "local")("the page", () => {
  const files = openForEachTest();
  const folder = folderWith({ "notes.txt": "The quick brown fox" });

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
    await files.status("1 selected");
    await keyboard.press(" ");
    await keyboard.press("Enter");
    await files.dialog("b.txt").waitFor();
    await keyboard.press("Escape");
    await expect.poll(focusedRow).toBe("1");
    await keyboard.press("F2");
    await files.dialog("Rename or move b.txt").waitFor();
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
