import { relative } from "node:path";

/** Error code → what a file system refuses with it. */
const FILES: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EDQUOT: "the disk quota is exceeded",
  EISDIR: "it is a folder",
  EMFILE: "too many files are open; raise the limit of the shell (ulimit -n)",
  ENOSPC: "no space is left on the disk",
  ENOTDIR: "it is not a folder",
  EPERM: "the operation is not permitted",
  EROFS: "the file system is read-only",
};

/** Error code → why a connection failed. */
const NETWORK: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was closed",
  EAI_AGAIN: "the name cannot be resolved",
  EHOSTUNREACH: "there is no route to it",
  ENETUNREACH: "the network is unreachable",
  ENOTFOUND: "the name cannot be resolved",
  ETIMEDOUT: "it does not respond",
};

interface SystemError extends Error {
  readonly code: string;
  readonly syscall?: string;
  readonly path?: string;
  readonly hostname?: string;
  readonly address?: string;
  readonly port?: number;
}

/** Where the error happened. */
export interface SystemErrorContext {
  /** The environment that the command worked on. */
  readonly environment: string;
  /** The data folder of the local deployment. */
  readonly dataDirectory: string;
}

/**
 * Explains an error of the operating system that is not a defect: a file that cannot be written, a server that cannot
 * be reached, a port in use, a program that is not installed.
 */
export function explainSystemError(error: unknown, context: SystemErrorContext): string | undefined {
  const found = systemErrorIn(error);
  if (!found) return fetchMessage(error);
  const { code, syscall = "", path } = found;
  if (code in FILES && !syscall.startsWith("connect")) return fileMessage(found, context);
  if (code in NETWORK) return networkMessage(found, context);
  if (code === "EADDRINUSE") {
    return `Port ${found.port} is in use by another program. End that program, then run npm start again.`;
  }
  const program = syscall.startsWith("spawn") && code === "ENOENT" ? (path ?? syscall.slice("spawn ".length)) : "";
  return program === "" ? undefined : `The program ${program} is not on the PATH; install it.`;
}

/** `fetch` fails with a cause that may have no code, as for a port that it never connects to, or a certificate. */
function fetchMessage(error: unknown): string | undefined {
  if (!(error instanceof TypeError) || error.message !== "fetch failed") return undefined;
  return `The server cannot be reached: ${error.cause instanceof Error ? error.cause.message : "unknown reason"}.`;
}

/** The first error with a code, of an error, its causes, and the attempts that it consists of. */
function systemErrorIn(error: unknown): SystemError | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("code" in error && typeof error.code === "string" && isKnown(error.code)) return error as SystemError;
  const inner = error instanceof AggregateError ? error.errors : [];
  return systemErrorIn(error.cause) ?? systemErrorIn(inner[0]);
}

function isKnown(code: string): boolean {
  return code in FILES || code in NETWORK || code === "EADDRINUSE" || code === "ENOENT";
}

function fileMessage({ code, path, syscall }: SystemError, { dataDirectory }: SystemErrorContext): string {
  const what = path === undefined ? `A file cannot be written (${syscall})` : `${path} cannot be used`;
  const message = `${what}: ${FILES[code]} (${code}).`;
  const inData = path === undefined || !relative(dataDirectory, path).startsWith("..");
  return inData ? `${message}\n${OTHER_DATA_FOLDER}` : message;
}

/** The next command where the data folder is of no use. */
export const OTHER_DATA_FOLDER = "Use another data folder: NV_DEMO_DATA=<folder> npm start";

function networkMessage(error: SystemError, { environment }: SystemErrorContext): string {
  const { code, hostname, address, port } = error;
  const host = hostname ?? (address === undefined ? "The server" : `${address}:${port}`);
  const message = `${host} cannot be reached: ${NETWORK[code]} (${code}).`;
  const isLocal = environment === "local" && (address === "127.0.0.1" || hostname === undefined);
  return isLocal ? `${message}\nThe local deployment may have stopped; run npm start` : `${message} Are you offline?`;
}
