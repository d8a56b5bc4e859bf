import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { FilesError } from "./files-error.ts";

/** Read when no other credentials are given. */
export const DEFAULT_FILE = join(homedir(), ".config", "nv-demo", "files");

export interface CredentialSources {
  /** The option `--credentials`. */
  readonly file: string | undefined;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly defaultFile: string;
  /** The bootstrap user of an environment, for those who may read its secret; undefined for an address. */
  readonly bootstrapUser: (() => Promise<{ readonly username: string; readonly password: string }>) | undefined;
}

/**
 * The `Authorization` header, from the first of these: the file of `--credentials`, the variable `FILES_KEY` with an
 * access key, `FILES_USER` and `FILES_PASSWORD`, which `npm run env` sets, the default file, and the secret of the
 * environment.
 *
 * @throws FilesError
 */
export async function readAuthorization(sources: CredentialSources): Promise<string> {
  const { file, variables, defaultFile, bootstrapUser } = sources;
  if (file !== undefined) return readFile(file);
  const { FILES_KEY, FILES_USER, FILES_PASSWORD } = variables;
  if (FILES_KEY) return `Bearer ${FILES_KEY}`;
  if (FILES_USER && FILES_PASSWORD) return basic(`${FILES_USER}:${FILES_PASSWORD}`);
  if (statSync(defaultFile, { throwIfNoEntry: false })) return readFile(defaultFile);
  if (bootstrapUser) {
    const { username, password } = await bootstrapUser();
    return basic(`${username}:${password}`);
  }
  throw new FilesError(
    "NO_CREDENTIALS",
    `There are no credentials: set FILES_KEY, or FILES_USER and FILES_PASSWORD, or write them to ${defaultFile}.`,
  );
}

/** Reads a file with one line: an access key, or a user name and a password with a colon between them. */
function readFile(path: string): string {
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status) throw new FilesError("NO_CREDENTIALS", `There is no file ${path}.`);
  if (process.platform !== "win32" && (status.mode & 0o077) !== 0) {
    throw new FilesError("CREDENTIALS_READABLE", `Others can read ${path}. Run chmod 600 ${path}`);
  }
  const line = readFileSync(path, "utf8").split("\n")[0]?.trim() ?? "";
  if (line === "") throw new FilesError("NO_CREDENTIALS", `The first line of ${path} is empty.`);
  return line.includes(":") ? basic(line) : `Bearer ${line}`;
}

const basic = (credentials: string): string => `Basic ${Buffer.from(credentials).toString("base64")}`;
