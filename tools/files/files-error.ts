import { CommandError } from "../command-line/errors.ts";

/** The Files API refused a request, or a transfer failed. */
export class FilesError extends CommandError {
  override readonly name = "FilesError";
  /** The code of the API's problem document, or one of this command. */
  readonly code: string;
  /** The HTTP status; undefined if there was no response. */
  readonly status: number | undefined;

  constructor(code: string, message: string, options: ErrorOptions & { readonly status?: number } = {}) {
    super(message, options);
    this.code = code;
    this.status = options.status;
  }
}
