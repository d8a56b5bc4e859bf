import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { CloudwatchLogSubscriptionFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-subscription-filter/index.js";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";

/** A program, such as a function or a service, and its log group. */
export interface AuditSource {
  /** Unique in the account. */
  readonly name: string;
  readonly logGroup: Pick<CloudwatchLogGroup, "name" | "arn">;
}

export interface AuditSubscriptionProps {
  /** The program whose log contains audit entries. */
  readonly source: AuditSource;
  /** The ARN of the function that writes the audit log. */
  readonly auditFunctionArn: string;
}

/** Entries with the member `audit`. */
const AUDIT_ENTRIES = '{ $.audit.action = "*" }';

/** Copies the audit entries in the log of a program to the audit log. */
export class AuditSubscription extends Construct {
  readonly filter: CloudwatchLogSubscriptionFilter;

  constructor(scope: Construct, id: string, { source, auditFunctionArn }: AuditSubscriptionProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const permission = new LambdaPermission(this, "Invoke", {
      statementId: `AllowLog-${source.name}`,
      functionName: auditFunctionArn,
      action: "lambda:InvokeFunction",
      principal: "logs.amazonaws.com",
      sourceArn: `${source.logGroup.arn}:*`,
      sourceAccount: stack.environment.accountId,
    });
    this.filter = new CloudwatchLogSubscriptionFilter(this, "Filter", {
      name: "audit",
      logGroupName: source.logGroup.name,
      filterPattern: AUDIT_ENTRIES,
      destinationArn: auditFunctionArn,
      dependsOn: [permission], // CloudWatch Logs checks that it may invoke the function.
    });
  }
}
