import type { Terminal } from "../command-line/terminal/terminal.ts";
import type { FilesApi } from "./files-api.ts";
import type { UploadJournal } from "./upload-journal.ts";

/** What the commands work with. */
export interface FilesContext {
  readonly api: FilesApi;
  readonly journal: UploadJournal;
  /** The standard error, for progress. */
  readonly terminal: Terminal;
  /** Prints a line of the result. */
  print(line: string): void;
}
