import { DynamodbTable, type DynamodbTableConfig } from "@cdktf/provider-aws/lib/dynamodb-table/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import { CREDENTIALS_BY_USER } from "../base/user-access.ts";

/** The tables of users, of their access keys and sessions, and of the counts of sign-ins. */
export class UserTables extends Construct {
  readonly users: DynamodbTable;
  readonly credentials: DynamodbTable;
  readonly signIns: DynamodbTable;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.users = this.#table("Users", "users", { hashKey: "name", attribute: [{ name: "name", type: "S" }] });
    this.credentials = this.#table("Credentials", "credentials", {
      hashKey: "hash",
      attribute: [
        { name: "hash", type: "S" },
        { name: "user", type: "S" },
      ],
      globalSecondaryIndex: [{ name: CREDENTIALS_BY_USER, hashKey: "user", projectionType: "ALL" }],
      ttl: { attributeName: "expiresAt", enabled: true },
    });
    this.signIns = this.#table("SignIns", "sign-ins", {
      hashKey: "subject",
      attribute: [{ name: "subject", type: "S" }],
      ttl: { attributeName: "expiresAt", enabled: true },
    });
  }

  #table(
    id: string,
    name: string,
    config: Pick<DynamodbTableConfig, "hashKey" | "attribute" | "globalSecondaryIndex" | "ttl">,
  ): DynamodbTable {
    const stack = BaseStack.of(this);
    return new DynamodbTable(this, id, {
      name: stack.physicalName("table", name),
      billingMode: "PAY_PER_REQUEST",
      ...config,
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true }, // With a KMS key, whose use CloudTrail records.
      deletionProtectionEnabled: stack.environment.dataOnDestroy === "keep",
    });
  }
}
