import { userInfo } from "node:os";
import { S3Client } from "@aws-sdk/client-s3";
import { CloudWatchAuditLog, openLogWriter } from "../../lib/audit/cloudwatch-audit-log.ts";
import { openDynamoDb } from "../../lib/aws/dynamodb.ts";
import { systemClock } from "../../lib/time/clock.ts";
import { DynamoDbCredentialStore } from "../../lib/users/dynamodb-credential-store.ts";
import { DynamoDbUserStore } from "../../lib/users/dynamodb-user-store.ts";
import { UserDirectory } from "../../lib/users/user-directory.ts";
import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { accessOf } from "../aws/aws-access.ts";
import { type Aws, openAws } from "../aws/open-aws.ts";
import { StackOutputs } from "../aws/stack-outputs.ts";
import { CommandError } from "../command-line/errors.ts";
import { openTerminalInput } from "../command-line/terminal/terminal-input.ts";
import { CommandAuditLog } from "./audit.ts";
import { runOnUsers } from "./run-on-users.ts";
import type { Subject } from "./user-command-error.ts";
import type { UsersContext } from "./users-context.ts";

/** The stack `users` is not deployed. */
export class NoUsersError extends CommandError {
  override readonly name = "NoUsersError";
  readonly code = "USERS_NOT_DEPLOYED";

  constructor(environment: EnvironmentName) {
    const next =
      environment === "local"
        ? "Wait until npm start has finished, or deploy it: npm run deploy -- local users"
        : `Run npm run deploy -- ${environment} users`;
    super(`The stack users is not deployed to ${environment} yet. ${next}`);
  }
}

/** The log stream of this command in the audit log. */
const AUDIT_STREAM = "commands";

/**
 * Runs a command on the users of an environment.
 *
 * @returns the exit code.
 * @throws WrongAwsError, NoUsersError, and the errors of {@link runOnUsers}
 */
export async function withUsers(
  environment: EnvironmentName,
  subject: Subject,
  work: (context: UsersContext) => Promise<void>,
): Promise<number> {
  const aws = await openAws(environment);
  const { tables, auditLogGroup, apiUrl } = await readLocation(aws);
  const access = accessOf(aws.client);
  const dynamoDb = openDynamoDb(access);
  const logs = openLogWriter(access);
  const clock = systemClock;
  const audit = new CommandAuditLog(new CloudWatchAuditLog(logs, auditLogGroup, AUDIT_STREAM, clock), auditLogGroup);
  const directory = new UserDirectory({
    users: new DynamoDbUserStore(dynamoDb, tables.users),
    credentials: new DynamoDbCredentialStore(dynamoDb, tables.credentials),
    audit,
    clock,
  });
  const actor = { who: `command:${callerOf(environment, aws)}`, from: "command" };
  const input = openTerminalInput();
  const output = { result: (line: string) => console.log(line), explain: (line: string) => console.error(line) };
  await runOnUsers({ environment, directory, actor, audit, clock, apiUrl, input, output }, subject, work);
  return 0;
}

/** Where the users are, by the outputs of the stacks. */
async function readLocation({ client, environment }: Aws) {
  const s3 = new S3Client({ ...client, forcePathStyle: environment.s3Addressing === "path" });
  try {
    const [users, frontend] = await Promise.all([
      StackOutputs.read(s3, environment, "users"),
      StackOutputs.read(s3, environment, "frontend"),
    ]);
    const tables = { users: users.text("users_table"), credentials: users.text("credentials_table") };
    const auditLogGroup = users.text("audit_log_group");
    if ([tables.users, tables.credentials, auditLogGroup].includes("")) throw new NoUsersError(environment.name);
    return { tables, auditLogGroup, apiUrl: frontend.text("api_url").replace(/\/$/, "") };
  } finally {
    s3.destroy();
  }
}

/** Every developer has the same access key of the local AWS, so the user of the machine says more. */
function callerOf(environment: EnvironmentName, { caller }: Aws): string {
  if (environment !== "local") return caller;
  try {
    return userInfo().username;
  } catch {
    return caller; // A container may run as a user without a name.
  }
}
