/** What Terraform says when it was interrupted. */
const INTERRUPTION = /interrupted|execution halted|cancell?ed/i;

/** Whether the errors of a stack say only that its Terraform was interrupted. */
export function isInterruption(errors: string): boolean {
  return errors
    .split("\n")
    .filter((line) => line.trim() !== "")
    .every((line) => INTERRUPTION.test(line));
}
