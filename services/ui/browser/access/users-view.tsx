import { useState } from "preact/hooks";
import { messageOf } from "../api/api-error.ts";
import type { User } from "../api/users-api.ts";
import { describeGrant, type Me } from "../model/grants.ts";
import { ConfirmDialog, type Question } from "../parts/confirm-dialog.tsx";
import { Icon } from "../parts/icon.tsx";
import { LoadError } from "../parts/load-error.tsx";
import { Menu, type MenuItem } from "../parts/menu.tsx";
import { useServices } from "../parts/services.ts";
import { useLoad } from "../parts/use-load.ts";
import { useTitle } from "../parts/use-title.ts";
import { type Secret, SecretDialog } from "./secret-dialog.tsx";
import { AddUserDialog, GrantsDialog, UserKeysDialog } from "./user-dialogs.tsx";

type Open =
  | { readonly kind: "add" }
  | { readonly kind: "grants" | "keys"; readonly user: User }
  | { readonly kind: "secret"; readonly secret: Secret }
  | { readonly kind: "question"; readonly question: Question };

/** The users, for administrators. */
export function UsersView({ me }: { readonly me: Me }) {
  const { users, notices } = useServices();
  const { value: list, error, reload } = useLoad(() => users.list(), [users]);
  const [open, setOpen] = useState<Open>();
  useTitle("Users");
  const close = () => setOpen(undefined);
  const done = (secret?: Secret) => {
    setOpen(secret && { kind: "secret", secret });
    reload();
  };
  const setState = (user: User, state: User["state"]) =>
    users.change(user.name, { state }).then(reload, (reason) => notices.bad(messageOf(reason)));
  const makePassword = (name: string): Question => ({
    title: `New password for ${name}?`,
    text: "The present password is no longer valid then, and sessions end within 5 minutes.",
    action: "Make a new password",
    run: async () => {
      const value = await users.newPassword(name);
      done({ title: `The new password of ${name}`, label: "Password", value });
    },
  });
  const remove = (name: string): Question => ({
    title: `Remove the user ${name}?`,
    text: "The access keys are removed as well. The files remain.",
    action: "Remove",
    run: async () => {
      await users.remove(name);
      done();
    },
  });
  const ask = (question: Question) => setOpen({ kind: "question", question });
  const actionsOf = (user: User): MenuItem[] => [
    { label: "Permissions", icon: "pencil", run: () => setOpen({ kind: "grants", user }) },
    { label: "Access keys", icon: "key", run: () => setOpen({ kind: "keys", user }) },
    { label: "New password", icon: "retry", run: () => ask(makePassword(user.name)) },
    user.state === "active"
      ? { label: "Disable", icon: "pause", run: () => void setState(user, "disabled") }
      : { label: "Enable", icon: "play", run: () => void setState(user, "active") },
    { label: "Remove", icon: "trash", isDangerous: true, run: () => ask(remove(user.name)) },
  ];
  return (
    <div class="page">
      <h1>Users</h1>
      <p class="lead">Who may sign in, and what each may do in which folder.</p>
      <p>
        <button type="button" class="primary" onClick={() => setOpen({ kind: "add" })}>
          <Icon name="plus" />
          New user
        </button>
      </p>
      {error !== "" && <LoadError message={error} onRetry={reload} />}
      <ul class="cards" aria-label="Users">
        {list?.map((user) => (
          <li key={user.name}>
            <div>
              <strong>
                {user.name}
                {user.name === me.user && <span class="hint"> (you)</span>}
                {user.state === "disabled" && <span class="tag">disabled</span>}
              </strong>
              <span class="hint">{user.grants.map(describeGrant).join(", ") || "No permissions"}</span>
            </div>
            <Menu label={`Actions for ${user.name}`} items={actionsOf(user)}>
              <Icon name="more" />
            </Menu>
          </li>
        ))}
      </ul>
      {open?.kind === "add" && <AddUserDialog onDone={done} onClose={close} />}
      {open?.kind === "grants" && <GrantsDialog user={open.user} onDone={done} onClose={close} />}
      {open?.kind === "keys" && <UserKeysDialog name={open.user.name} onClose={close} />}
      {open?.kind === "secret" && <SecretDialog secret={open.secret} onClose={close} />}
      {open?.kind === "question" && <ConfirmDialog question={open.question} onClose={close} />}
    </div>
  );
}
