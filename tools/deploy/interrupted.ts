/** What Terraform says when it was interrupted. */
const INTERRUPTION = /interrupted|execution halted|cancell?ed/i;

/** Whether the errors of a stack say only that its Terraform was interrupted. */
export function isInterruption(errors: string): boolean {
  return errorsIn(errors).every((error) => INTERRUPTION.test(error));
}

/** Text of Terraform without `-json` has its errors after its progress; otherwise each line is an error. */
function errorsIn(text: string): readonly string[] {
  const [, ...errors] = text.split(/^(?:│ )?Error: /m);
  return errors.length > 0 ? errors : text.split("\n").filter((line) => line.trim() !== "");
}
