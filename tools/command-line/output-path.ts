import { accessSync, constants, mkdirSync, writeFileSync } from "node:fs";
import { CommandError } from "./errors.ts";

/** A file or folder that the user named cannot be written. */
export class OutputPathError extends CommandError {
  override readonly name = "OutputPathError";
  readonly code = "OUTPUT_PATH";
}

/** Writes a file that the user named. @throws OutputPathError */
export function writeOutputFile(path: string, text: string): void {
  checked(path, () => writeFileSync(path, text));
}

/** Creates a folder that the user named, unless it exists. @throws OutputPathError */
export function createOutputFolder(path: string): void {
  checked(path, () => {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK | constants.X_OK);
  });
}

function checked(path: string, write: () => void): void {
  try {
    write();
  } catch (cause) {
    throw new OutputPathError(`Cannot write ${path}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}
