import { expect, it } from "vitest";
import { EnvironmentError } from "../../stacks/environment/environment.ts";
import { UsageError } from "./errors.ts";
import { explainError } from "./explain-error.ts";
import { OutputPathError } from "./output-path.ts";

const context = { environment: "dev", dataDirectory: "/data", help: "npm run plan -- --help" };
const explain = (error: unknown, environment = "dev") => explainError(error, { ...context, environment });
const system = (code: string, fields: object = {}) =>
  Object.assign(new Error(`${code}: something`), { code, syscall: "open", ...fields });
const ofAws = (name: string, message: string) => Object.assign(new Error(message), { name, $metadata: {} });
const DOCTOR = "Check it with npm run doctor -- dev";

it.each([
  ["wrong usage", new UsageError("No."), "No.\nRun npm run plan -- --help to see its usage."],
  ["an error with a command", new UsageError("Run npm start."), "Run npm start."],
  ["an error without a command", new OutputPathError("No."), `No.\n${DOCTOR}`],
  ["no account", new EnvironmentError("ACCOUNT_NOT_SET", "No account."), `No account.\n${DOCTOR}`],
  [
    "no credentials",
    Object.assign(new Error("Could not load\n credentials"), { name: "CredentialsProviderError" }),
    `There are no AWS credentials (CredentialsProviderError: Could not load credentials).\n${DOCTOR}`,
  ],
  [
    "expired credentials",
    ofAws("ExpiredTokenException", "The token is old"),
    `The AWS credentials have expired (ExpiredTokenException: The token is old).\n${DOCTOR}`,
  ],
  [
    "an expired session of IAM Identity Center",
    Object.assign(new Error("The SSO session associated with this profile has expired."), {
      name: "CredentialsProviderError",
    }),
    "The AWS credentials have expired (CredentialsProviderError: " +
      `The SSO session associated with this profile has expired.).\n${DOCTOR}`,
  ],
  [
    "refused credentials",
    ofAws("InvalidClientTokenId", "Invalid token"),
    `AWS refuses the credentials (InvalidClientTokenId: Invalid token).\n${DOCTOR}`,
  ],
  ["another error of AWS", ofAws("AccessDenied", "not authorized"), `AWS: AccessDenied: not authorized\n${DOCTOR}`],
  [
    "no network",
    system("ENOTFOUND", { syscall: "getaddrinfo", hostname: "sts.amazonaws.com", $metadata: {} }),
    `sts.amazonaws.com cannot be reached: the name cannot be resolved (ENOTFOUND). Are you offline?\n${DOCTOR}`,
  ],
  [
    "a refused connection of fetch",
    new TypeError("fetch failed", {
      cause: new AggregateError([system("ECONNREFUSED", { syscall: "connect", address: "10.0.0.1", port: 80 })]),
    }),
    `10.0.0.1:80 cannot be reached: the connection was refused (ECONNREFUSED). Are you offline?\n${DOCTOR}`,
  ],
  [
    "a request that is not sent",
    new TypeError("fetch failed", { cause: new Error("bad port") }),
    `The server cannot be reached: bad port.\n${DOCTOR}`,
  ],
  [
    "a read-only data folder",
    system("EROFS", { path: "/data/ports.jsonl" }),
    "/data/ports.jsonl cannot be used: the file system is read-only (EROFS).\n" +
      "Use another data folder: NV_DEMO_DATA=<folder> npm start",
  ],
  [
    "a full disk",
    system("ENOSPC", { syscall: "write" }),
    "A file cannot be written (write): no space is left on the disk (ENOSPC).\n" +
      "Use another data folder: NV_DEMO_DATA=<folder> npm start",
  ],
  [
    "a folder that is a file",
    system("ENOTDIR", { path: "/elsewhere/plans" }),
    `/elsewhere/plans cannot be used: it is not a folder (ENOTDIR).\n${DOCTOR}`,
  ],
  [
    "a port in use",
    system("EADDRINUSE", { syscall: "listen", port: 4711 }),
    "Port 4711 is in use by another program. End that program, then run npm start again.",
  ],
  [
    "a missing program",
    system("ENOENT", { syscall: "spawn docker", path: "docker" }),
    `The program docker is not on the PATH; install it.\n${DOCTOR}`,
  ],
])("explains %s", (_, error, expected) => {
  expect(explain(error)).toBe(expected);
});

it("points to npm start where the local deployment has stopped", () => {
  const error = system("ECONNREFUSED", { syscall: "connect", address: "127.0.0.1", port: 4711 });
  expect(explain(error, "local")).toBe(
    "127.0.0.1:4711 cannot be reached: the connection was refused (ECONNREFUSED).\n" +
      "The local deployment may have stopped; run npm start",
  );
});

it.each([new TypeError("undefined is not a function"), system("ENOENT", { path: "/data/x" }), "a string"])(
  "does not explain a defect: %s",
  (error) => {
    expect(explain(error)).toBeUndefined();
  },
);
