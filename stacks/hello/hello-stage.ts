import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import type { Bundle } from "../base/bundles.ts";
import { NodeFunction } from "../constructs/node-function.ts";

export interface HelloStageProps {
  readonly name: string;
  readonly bundle: Bundle;
}

/** What a stage has to itself, so that nothing done in one can be seen in another: a function and the people it remembers. */
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
      serverSideEncryption: { enabled: true }, // by a key in KMS, whose uses CloudTrail tells
      deletionProtectionEnabled: stack.environment.dataOnDestroy === "keep",
    });
    this.function = new NodeFunction(this, "Function", {
      service: "hello",
      stage: name,
      bundle,
      description: `Greets people by their next birthday (${name})`,
      variables: { TABLE_NAME: this.table.name },
      statements: [
        {
          sid: "RememberPeople",
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
