import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { basic, FilesClient } from "../../support/files-client.ts";
import { folderWith, openForEachTest } from "../../support/files-page.ts";
import { FilesUser } from "../../support/files-user.ts";
import { target } from "../../support/target.ts";

describe.skipIf(target.kind !== "local")("the page manages access", () => {
  const files = openForEachTest();
  const folder = folderWith();

  it("makes an access key, shows it once, and revokes it", async () => {
    const user = await FilesUser.create([{ role: "reader", prefix: `${folder}/` }]);
    await files.signIn("#/keys", user);
    await files.page.getByText("There are no access keys yet.").waitFor();
    await files.page.getByRole("button", { name: "New access key" }).click();
    await files.dialog("New access key").getByLabel("Name").fill("laptop");
    await files.expectAccessible();
    await files.dialog("New access key").getByRole("button", { name: "Create" }).click();
    const token = await files.page.getByLabel("Access key", { exact: true }).inputValue();
    await files.expectAccessible();
    expect((await new FilesClient(`Bearer ${token}`).json("GET", "/api/me")).body.user).toBe(user.name);
    await files.dialog("The access key laptop").getByRole("button", { name: "Done" }).click();
    expect(await files.page.content()).not.toContain(token);
    await files.page.getByRole("button", { name: "Revoke laptop" }).click();
    await files.dialog("Revoke the key laptop?").getByRole("button", { name: "Revoke" }).click();
    await files.page.getByText("There are no access keys yet.").waitFor();
    expect(await files.page.getByRole("link", { name: "Users" }).count()).toBe(0);
    await user.remove();
  });

  it("changes one's own password, and goes on", async () => {
    files.expectStatus(403);
    const user = await FilesUser.create([{ role: "reader", prefix: `${folder}/` }]);
    const password = `new ${randomUUID()}`;
    await files.signIn("#/keys", user);
    await files.page.getByRole("button", { name: "Change your password" }).click();
    const dialog = files.dialog("Change your password");
    await dialog.getByLabel("Current password").fill("wrong");
    await dialog.getByLabel("New password").fill(password);
    await dialog.getByRole("button", { name: "Change" }).click();
    await dialog.getByRole("alert").getByText("The current password is wrong.").waitFor();
    await files.expectAccessible();
    await dialog.getByLabel("Current password").fill(user.password);
    await dialog.getByRole("button", { name: "Change" }).click();
    await files.status("The password was changed.");
    await dialog.waitFor({ state: "hidden" });
    expect((await new FilesClient(basic(user.name, password)).json("GET", "/api/me")).status).toBe(200);
    await files.page.reload();
    await files.page.getByText("There are no access keys yet.").waitFor();
    await user.remove();
  });

  it("adds, changes, disables and removes a user, for administrators", async () => {
    const name = `ui-${randomUUID()}`;
    await files.signIn("#/users");
    await files.page.getByRole("button", { name: "New user" }).click();
    await files.dialog("New user").getByLabel("Name").fill(name);
    await files.dialog("New user").getByLabel("Folder").fill(`${folder}/notes`);
    await files.dialog("New user").getByRole("button", { name: "Add", exact: true }).click();
    const password = await files.page.getByLabel("Password").inputValue();
    const added = new FilesClient(basic(name, password));
    expect((await added.json("GET", "/api/me")).body.grants).toEqual([{ role: "reader", prefix: `${folder}/notes/` }]);
    await files.page.getByRole("button", { name: "Done" }).click();
    await files.act(name, "Permissions");
    await files.dialog(`Permissions of ${name}`).getByLabel("Role").selectOption("writer");
    await files.expectAccessible();
    await files.dialog(`Permissions of ${name}`).getByRole("button", { name: "Save" }).click();
    const item = files.page.getByRole("listitem").filter({ hasText: name });
    await item.getByText(`Read and write in ${folder}/notes/`).waitFor();
    await files.act(name, "Disable");
    await item.getByText("disabled").waitFor();
    await files.expectAccessible();
    await files.act(name, "Remove");
    await files.dialog(`Remove the user ${name}?`).getByRole("button", { name: "Remove" }).click();
    await item.waitFor({ state: "detached" });
  });
});
