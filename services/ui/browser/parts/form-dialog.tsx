import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { messageOf } from "../api/api-error.ts";
import { Dialog } from "./dialog.tsx";
import { FormError } from "./field.tsx";

export interface FormDialogProps {
  readonly title: string;
  /** The text of the button. */
  readonly action: string;
  /** Whether it cannot be undone. Then Enter alone does not do it. */
  readonly isDangerous?: boolean;
  /** The text of the button that closes the dialog. */
  readonly cancel?: string;
  /** The dialog remains open when it fails. */
  readonly onSubmit: () => Promise<void>;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A form in a dialog, with the error of the API. */
export function FormDialog({ title, action, isDangerous = false, cancel = "Cancel", ...props }: FormDialogProps) {
  const { onSubmit, onClose, children } = props;
  const [error, setError] = useState("");
  const [isBusy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    setError("");
    try {
      await onSubmit();
    } catch (reason) {
      setError(messageOf(reason));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {children}
        {error !== "" && <FormError>{error}</FormError>}
        <p class="buttons">
          <button type="button" autofocus={isDangerous} onClick={onClose}>
            {cancel}
          </button>
          <button type="submit" class={isDangerous ? "danger" : "primary"} disabled={isBusy}>
            {action}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
