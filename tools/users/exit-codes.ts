/** Of a command that changes users. */
export const CHANGE_EXIT_CODES = {
  1: "failure, with an error message, which says when the change was made but is not in the audit log",
} as const;
