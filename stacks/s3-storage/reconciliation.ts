import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule/index.js";
import { Construct } from "constructs";
import type { Access } from "../base/access.ts";
import { BaseStack } from "../base/base-stack.ts";
import type { Bundle } from "../base/bundles.ts";
import { policyDocument, serviceTrust } from "../base/policy.ts";
import { type FunctionNetwork, NodeFunction } from "../constructs/node-function.ts";

export interface ReconciliationProps {
  /** The program of `postgres-update`, which reconciles when it is told to. */
  readonly bundle: Bundle;
  readonly bucketName: string;
  /** Files, database and cache. */
  readonly access: Access;
  readonly network: FunctionNetwork;
}

/** When nobody uploads, and long before the canary looks. */
const NIGHTLY = "cron(0 4 * * ? *)"; // UTC

/** The longest that Lambda takes; some millions of files. */
const TIMEOUT_SECONDS = 900;

/**
 * Compares bucket and table every night and repairs the table, for what no event told. A function of its own, because what takes an event from the
 * queue must be done soon, and this may take as long as it needs.
 */
export class Reconciliation extends Construct {
  readonly functionName: string;

  constructor(scope: Construct, id: string, props: ReconciliationProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const reconcile = new NodeFunction(this, "Function", {
      service: "postgres-update",
      stage: "reconcile",
      bundle: props.bundle,
      description: "Compares the storage bucket and the database, and repairs the database",
      variables: props.access.variables,
      statements: props.access.statements,
      timeout: TIMEOUT_SECONDS,
      memory: 256,
      network: props.network,
    });
    this.functionName = reconcile.name;

    const role = new IamRole(this, "ScheduleRole", {
      name: stack.physicalName("role", "reconcile-schedule"),
      description: `How EventBridge Scheduler calls ${reconcile.name}`,
      assumeRolePolicy: serviceTrust("scheduler.amazonaws.com", stack.environment.accountId),
    });
    const permissions = new IamRolePolicy(this, "SchedulePermissions", {
      name: "schedule",
      role: role.name,
      policy: policyDocument([{ sid: "Reconcile", actions: ["lambda:InvokeFunction"], resources: [reconcile.arn] }]),
    });
    new SchedulerSchedule(this, "Nightly", {
      name: stack.physicalName("schedule", "reconcile"),
      description: "Compares the storage bucket and the database every night",
      scheduleExpression: NIGHTLY,
      scheduleExpressionTimezone: "UTC",
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: reconcile.arn,
        roleArn: role.arn,
        input: JSON.stringify({ name: "reconcile", bucket: props.bucketName }),
        retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 5 },
      },
      dependsOn: [permissions],
    });
  }
}
