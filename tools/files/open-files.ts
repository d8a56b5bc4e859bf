import { homedir } from "node:os";
import { join } from "node:path";
import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { readAddresses, readCredentials } from "../aws/addresses.ts";
import { openAws } from "../aws/open-aws.ts";
import { interruption } from "../command-line/interruption.ts";
import { openTerminal } from "../command-line/terminal/terminal.ts";
import { DEFAULT_FILE, readAuthorization } from "./authorization.ts";
import { explainFilesError } from "./explain-files-error.ts";
import { FilesApi } from "./files-api.ts";
import type { FilesContext } from "./files-context.ts";
import { FilesError } from "./files-error.ts";
import { UploadJournal } from "./upload-journal.ts";

/** Where the commands find the API and the credentials. */
export interface FilesTarget {
  readonly environment: EnvironmentName;
  /** The URL of an API, instead of an environment. */
  readonly address: string | undefined;
  /** A file with the credentials. */
  readonly credentials: string | undefined;
}

/**
 * Runs a command on the files of an address.
 *
 * @returns the exit code.
 * @throws FilesError, WrongAwsError
 */
export async function withFiles(target: FilesTarget, work: (context: FilesContext) => Promise<void>): Promise<number> {
  const signal = interruption();
  const { apiUrl, authorization } = await locate(target).catch((error: unknown) => {
    throw explainFilesError(error);
  });
  const api = new FilesApi({ apiUrl, authorization, signal });
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "nv-demo", "uploads");
  const terminal = openTerminal(process.stderr);
  try {
    await work({ api, terminal, journal: new UploadJournal(cache, apiUrl), print: (line) => console.log(line) });
    return 0;
  } catch (error) {
    signal.throwIfAborted();
    throw explainFilesError(error);
  }
}

async function locate({ environment, address, credentials: file }: FilesTarget) {
  const sources = { file, variables: process.env, defaultFile: DEFAULT_FILE };
  if (address !== undefined) {
    const authorization = await readAuthorization({ ...sources, bootstrapUser: undefined });
    return { apiUrl: address.replace(/\/+$/, ""), authorization };
  }
  const { client, environment: data } = await openAws(environment);
  const { apiUrl, clientSecretArn } = await readAddresses(client, data);
  if (apiUrl === "") {
    const next =
      environment === "local" ? "Wait until npm start has finished." : `Run npm run deploy -- ${environment}`;
    throw new FilesError("NOT_DEPLOYED", `The Files API is not deployed to ${environment} yet. ${next}`);
  }
  const bootstrapUser = () => readCredentials(client, clientSecretArn);
  return { apiUrl, authorization: await readAuthorization({ ...sources, bootstrapUser }) };
}
