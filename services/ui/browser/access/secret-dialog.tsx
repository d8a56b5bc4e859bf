import { CopyField } from "../parts/copy-field.tsx";
import { Dialog } from "../parts/dialog.tsx";

export interface Secret {
  readonly title: string;
  readonly label: string;
  readonly value: string;
}

/** Shows a password or a key, once. */
export const SecretDialog = ({ secret, onClose }: { readonly secret: Secret; readonly onClose: () => void }) => (
  <Dialog title={secret.title} onClose={onClose}>
    <CopyField label={secret.label} value={secret.value} hint="Copy it now: it is not shown again." />
    <p class="buttons">
      <button type="button" onClick={onClose}>
        Done
      </button>
    </p>
  </Dialog>
);
