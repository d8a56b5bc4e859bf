import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { LambdaInvocation } from "@cdktf/provider-aws/lib/lambda-invocation/index.js";
import type { Construct } from "constructs";
import { readSecret } from "./base/access.ts";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import type { Bundle } from "./base/bundles.ts";
import type { Published } from "./base/outputs.ts";
import { initializeUsersStatements, type UserTableLocation } from "./base/user-access.ts";
import type { ClientApiKeyOutputs } from "./client-api-key.ts";
import { AuditSubscription } from "./constructs/audit-subscription.ts";
import { LakeSubscription } from "./constructs/lake-subscription.ts";
import { NodeFunction } from "./constructs/node-function.ts";
import type { SecretsOutputs } from "./secrets.ts";
import { UserTables } from "./users/user-tables.ts";

export interface UsersOutputs extends UserTableLocation {
  /** The log group of the audit log. */
  readonly auditLogGroup: string;
  readonly auditFunction: string;
  readonly auditFunctionArn: string;
  readonly initFunction: string;
}

export interface UsersStackProps extends StackProps {
  readonly secrets: Published<SecretsOutputs>;
  readonly clientApiKey: Published<ClientApiKeyOutputs>;
  readonly initBundle: Bundle;
  readonly auditBundle: Bundle;
}

/** Longer than other logs: it shows who changed what. */
const AUDIT_RETENTION_DAYS = 365;

/** The users of the Files API, with the function that creates the first ones, and the audit log. */
export class UsersStack extends BaseStack {
  readonly outputs: Published<UsersOutputs>;

  constructor(scope: Construct, id: string, props: UsersStackProps) {
    super(scope, id, props);
    const { users, credentials, signIns } = new UserTables(this, "Tables");
    const location: UserTableLocation = {
      usersTable: users.name,
      usersTableArn: users.arn,
      credentialsTable: credentials.name,
      credentialsTableArn: credentials.arn,
      signInsTable: signIns.name,
      signInsTableArn: signIns.arn,
    };
    const auditLog = new CloudwatchLogGroup(this, "AuditLog", {
      name: `/${this.environment.prefix}/audit`,
      retentionInDays: AUDIT_RETENTION_DAYS,
    });
    new LakeSubscription(this, "Lake", { logGroup: auditLog });
    const audit = this.#auditFunction(props.auditBundle, auditLog);
    const init = this.#initFunction(props, location);
    const { filter } = new AuditSubscription(this, "InitAudit", { source: init, auditFunctionArn: audit.arn });
    new LambdaInvocation(this, "Init", {
      functionName: init.name,
      input: JSON.stringify({ name: "init" }),
      // Running it again without a new secret changes nothing.
      triggers: {
        program: props.initBundle.sha256,
        table: users.arn,
        clientSecret: this.read(props.secrets).clientSecretVersion,
        apiKeySecret: this.read(props.clientApiKey).apiKeySecretVersion,
      },
      dependsOn: [init.resource, filter],
    });
    this.outputs = this.publish({
      ...location,
      auditLogGroup: auditLog.name,
      auditFunction: audit.name,
      auditFunctionArn: audit.arn,
      initFunction: init.name,
    });
  }

  #auditFunction(bundle: Bundle, auditLog: CloudwatchLogGroup): NodeFunction {
    return new NodeFunction(this, "AuditFunction", {
      service: "audit",
      bundle,
      description: "Copies audit entries from the logs of functions to the audit log",
      variables: { AUDIT_LOG_GROUP: auditLog.name },
      statements: [
        {
          sid: "WriteAuditLog",
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          resources: [`${auditLog.arn}:*`],
        },
      ],
      timeout: 30,
      memory: 256,
      network: "internet",
    });
  }

  #initFunction({ secrets, clientApiKey, initBundle }: UsersStackProps, location: UserTableLocation): NodeFunction {
    const { clientSecretArn } = this.read(secrets);
    const { apiKeySecretArn } = this.read(clientApiKey);
    return new NodeFunction(this, "InitFunction", {
      service: "users-init",
      bundle: initBundle,
      description: "Creates the first administrator and the user of the canary",
      variables: {
        USERS_TABLE: location.usersTable,
        CREDENTIALS_TABLE: location.credentialsTable,
        CLIENT_SECRET_ARN: clientSecretArn,
        API_KEY_SECRET_ARN: apiKeySecretArn,
      },
      statements: [
        ...initializeUsersStatements(location),
        readSecret("ReadClientSecret", clientSecretArn),
        readSecret("ReadApiKeySecret", apiKeySecretArn),
      ],
      timeout: 60,
      memory: 512,
      network: "internet",
    });
  }
}
