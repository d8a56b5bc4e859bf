import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import type { Bundle } from "../base/bundles.ts";
import { NodeFunction } from "../constructs/node-function.ts";

export interface HelloStageProps {
  readonly name: string;
  readonly bundle: Bundle;
}

/** The function and the table of one stage, so that stages share no data. */
export class HelloStage extends Construct {
  readonly name: string;
  readonly function: NodeFunction;
  readonly table: DynamodbTable;

  constructor(scope: Construct, id: string, { name, bundle }: HelloStageProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    this.name = name;
    this.table = new DynamodbTable(this, "People", {
      name: stack.physicalName("table", `hello-${name}`),
      billingMode: "PAY_PER_REQUEST",
      hashKey: "username",
      attribute: [{ name: "username", type: "S" }],
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true }, // With a KMS key, whose use CloudTrail records.
      deletionProtectionEnabled: stack.environment.dataOnDestroy === "keep",
    });
    this.function = new NodeFunction(this, "Function", {
      service: "hello",
      stage: name,
      bundle,
      description: `Greets users with the days until their birthday (${name})`,
      variables: { TABLE_NAME: this.table.name },
      statements: [
        {
          sid: "ReadAndWriteUsers",
          actions: ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem"],
          resources: [this.table.arn],
        },
      ],
      timeout: 10,
      memory: 512,
      network: "internet",
    });
  }
}
