import { useState } from "preact/hooks";
import { Field } from "../parts/field.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import { useServices } from "../parts/services.ts";

/** Changes the password of who is signed in. */
export function PasswordDialog({ onClose }: { readonly onClose: () => void }) {
  const { session, users, notices } = useServices();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const change = async () => {
    await users.changeMyPassword(current, next);
    onClose();
    notices.good("The password was changed.");
    await session.signIn(session.user, next); // The change has ended this session as well.
  };
  return (
    <FormDialog title="Change your password" action="Change" onSubmit={change} onClose={onClose}>
      <Field
        label="Current password"
        type="password"
        autofocus
        autocomplete="current-password"
        required
        value={current}
        onValue={setCurrent}
      />
      <Field
        label="New password"
        type="password"
        autocomplete="new-password"
        required
        value={next}
        onValue={setNext}
        hint="Your other sessions end within 5 minutes."
      />
    </FormDialog>
  );
}
