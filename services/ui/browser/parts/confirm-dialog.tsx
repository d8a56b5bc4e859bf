import { FormDialog } from "./form-dialog.tsx";

export interface Question {
  readonly title: string;
  readonly text: string;
  /** The text of the button. */
  readonly action: string;
  /** The text of the button that does nothing. */
  readonly cancel?: string;
  readonly run: () => Promise<void>;
}

interface ConfirmDialogProps {
  readonly question: Question;
  readonly onClose: () => void;
}

/** Asks before something that cannot be undone easily. */
export const ConfirmDialog = ({ question: { text, run, ...labels }, onClose }: ConfirmDialogProps) => (
  <FormDialog {...labels} isDangerous onSubmit={run} onClose={onClose}>
    <p>{text}</p>
  </FormDialog>
);
