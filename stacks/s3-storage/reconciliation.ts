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
  /** The service `postgres-update`, which reconciles when the name of the event is `reconcile`. */
  readonly bundle: Bundle;
  readonly bucketName: string;
  /** Access to the files, the database and the cache. */
  readonly access: Access;
  readonly network: FunctionNetwork;
}

/** In UTC; at a time of low traffic, and long before the canary runs. */
const NIGHTLY = "cron(0 4 * * ? *)";

/** The maximum of Lambda; enough for a few million files. */
const TIMEOUT_SECONDS = 900;

/**
 * Compares the bucket with the file table every night and repairs the table, for changes that no event reported. It is
 * a separate function, because the function that processes events has a short timeout.
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
      description: "Compares the storage bucket with the database and repairs the database",
      variables: props.access.variables,
      statements: props.access.statements,
      timeout: TIMEOUT_SECONDS,
      memory: 256,
      network: props.network,
    });
    this.functionName = reconcile.name;

    const role = new IamRole(this, "ScheduleRole", {
      name: stack.physicalName("role", "reconcile-schedule"),
      description: `Role with which EventBridge Scheduler invokes ${reconcile.name}`,
      assumeRolePolicy: serviceTrust("scheduler.amazonaws.com", stack.environment.accountId),
    });
    const permissions = new IamRolePolicy(this, "SchedulePermissions", {
      name: "schedule",
      role: role.name,
      policy: policyDocument([
        { sid: "InvokeFunction", actions: ["lambda:InvokeFunction"], resources: [reconcile.arn] },
      ]),
    });
    new SchedulerSchedule(this, "Nightly", {
      name: stack.physicalName("schedule", "reconcile"),
      description: "Reconciles the storage bucket and the database every night",
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
