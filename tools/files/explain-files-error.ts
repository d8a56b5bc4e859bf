import { FilesError } from "./files-error.ts";

const NEXT: Readonly<Record<string, string>> = {
  FileNotFound: "List the files: npm run files -- ls --recursive",
  FileExists: "See npm run files -- put --help",
  FILE_EXISTS: "See npm run files -- get --help",
  Forbidden: "List your grants, or ask an administrator for one: npm run user -- list",
  TooManyFailedSignIns: "See npm run files -- ls --help for other credentials",
};

/** An error of the Files API with the next command to run. Every other error is returned as it is. */
export function explainFilesError(error: unknown): unknown {
  if (!(error instanceof FilesError)) return error;
  const { code, message, status } = error;
  const next = NEXT[code] ?? (isOfCredentials(error) ? CREDENTIALS : "See npm run files -- --help");
  const reason = message.replace("Set overwrite to replace it.", "Replace it with --overwrite.");
  return new FilesError(code, `${reason} ${next}`, { cause: error, ...(status !== undefined && { status }) });
}

const CREDENTIALS = "Where credentials come from: npm run files -- ls --help";

const isOfCredentials = ({ code, status }: FilesError): boolean => status === 401 || /CREDENTIALS/.test(code);
