/** An error with a message for the user of the local AWS: what is wrong, and with which file, folder or program. */
export abstract class LocalAwsError extends Error {
  /** In SCREAMING_SNAKE_CASE. */
  abstract readonly code: string;
}

/** The data folder cannot be used. */
export class DataFolderError extends LocalAwsError {
  override readonly name = "DataFolderError";
  readonly code = "DATA_FOLDER";
}

/** A file in the data folder is not what the local AWS has written. */
export class DamagedFileError extends LocalAwsError {
  override readonly name = "DamagedFileError";
  readonly code = "DAMAGED_FILE";

  /** @param line of the file, from 1. */
  constructor(path: string, cause: unknown, line?: number) {
    const where = line === undefined ? path : `Line ${line} of ${path}`;
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`${where} is damaged: ${reason}. Restore the file, or delete the data folder to start anew.`, { cause });
  }
}
