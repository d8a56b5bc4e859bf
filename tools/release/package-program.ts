import { readFileSync } from "node:fs";
import { zipSync } from "fflate";
import { services } from "../../services/services.ts";
import { CommandError } from "../command-line/errors.ts";

/** A version cannot be published. */
export class PublishError extends CommandError {
  override readonly name = "PublishError";
  readonly code: "BUILT_FROM_COMMITS" | "UNREADABLE_PROGRAM";

  constructor(code: PublishError["code"], message: string, options: ErrorOptions = {}) {
    super(message, options);
    this.code = code;
  }
}

/**
 * The deployment package of a program in one file: a JavaScript module that exports `handler`.
 *
 * @throws PublishError `UNREADABLE_PROGRAM`
 */
export function packageProgram(path: string): Uint8Array {
  let program: Uint8Array;
  try {
    program = readFileSync(path);
  } catch (cause) {
    throw new PublishError(
      "UNREADABLE_PROGRAM",
      `${path} cannot be read: ${(cause as Error).message}. Name a JavaScript module that exports handler.`,
      { cause },
    );
  }
  return zipSync({ [services["build-info"].file]: program });
}
