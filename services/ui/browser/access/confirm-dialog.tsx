import { useState } from "preact/hooks";
import { messageOf } from "../api/api-error.ts";
import { Dialog } from "../parts/dialog.tsx";
import { FormError } from "../parts/field.tsx";

export interface Question {
  readonly title: string;
  readonly text: string;
  /** The text of the button. */
  readonly action: string;
  readonly run: () => Promise<void>;
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog({ question, onClose }: { readonly question: Question; readonly onClose: () => void }) {
  const [error, setError] = useState("");
  const [isBusy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      await question.run();
    } catch (reason) {
      setError(messageOf(reason));
      setBusy(false);
    }
  };
  return (
    <Dialog title={question.title} onClose={onClose}>
      <p>{question.text}</p>
      {error !== "" && <FormError>{error}</FormError>}
      <p class="buttons">
        <button type="button" autofocus onClick={onClose}>
          Cancel
        </button>
        <button type="button" class="danger" disabled={isBusy} onClick={() => void run()}>
          {question.action}
        </button>
      </p>
    </Dialog>
  );
}
