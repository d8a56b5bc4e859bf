import { useState } from "preact/hooks";
import type { User } from "../api/users-api.ts";
import type { Grant } from "../model/grants.ts";
import { Dialog } from "../parts/dialog.tsx";
import { Field } from "../parts/field.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import { useServices } from "../parts/services.ts";
import { GrantFields, normalizeGrants } from "./grant-fields.tsx";
import { KeyList } from "./key-list.tsx";
import type { Secret } from "./secret-dialog.tsx";

interface UserDialogProps {
  /** Called with the password of a new user. */
  readonly onDone: (secret?: Secret) => void;
  readonly onClose: () => void;
}

/** Adds a user, for whom the API makes a password. */
export function AddUserDialog({ onDone, onClose }: UserDialogProps) {
  const { users } = useServices();
  const [name, setName] = useState("");
  const [grants, setGrants] = useState<readonly Grant[]>([{ role: "reader", prefix: "" }]);
  const add = async () => {
    const value = await users.add(name, normalizeGrants(grants));
    onDone({ title: `The user ${name} was added`, label: "Password", value });
  };
  return (
    <FormDialog title="New user" action="Add" onSubmit={add} onClose={onClose}>
      <Field label="Name" autofocus autocapitalize="none" spellcheck={false} required value={name} onValue={setName} />
      <GrantFields grants={grants} onGrants={setGrants} />
    </FormDialog>
  );
}

/** Changes the grants of a user. */
export function GrantsDialog({ user, onDone, onClose }: UserDialogProps & { readonly user: User }) {
  const { users } = useServices();
  const [grants, setGrants] = useState(user.grants);
  const change = async () => {
    await users.change(user.name, { grants: normalizeGrants(grants) });
    onDone();
  };
  return (
    <FormDialog title={`Permissions of ${user.name}`} action="Save" onSubmit={change} onClose={onClose}>
      <GrantFields grants={grants} onGrants={setGrants} />
      <p class="hint">A change takes effect within 5 minutes.</p>
    </FormDialog>
  );
}

export const UserKeysDialog = ({ name, onClose }: { readonly name: string; readonly onClose: () => void }) => (
  <Dialog title={`Access keys of ${name}`} onClose={onClose}>
    <KeyList owner={name} />
  </Dialog>
);
