import type { Construct } from "constructs";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import type { Published } from "./base/outputs.ts";
import { GeneratedSecret } from "./constructs/generated-secret.ts";

export interface SecretsOutputs {
  readonly postgresSecretArn: string;
  readonly sumPostgresSecretArn: string;
  readonly clientSecretArn: string;
  readonly clientSecretVersion: string;
}

/** The passwords of the database roles of the applications and of the first user of the Files API. */
export class SecretsStack extends BaseStack {
  readonly outputs: Published<SecretsOutputs>;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const postgres = new GeneratedSecret(this, "Postgres", {
      name: "postgres",
      description: "User name and password of the Files system in PostgreSQL; postgres-init creates the role",
      known: { username: "nv_demo_app" },
      generated: "password",
      version: 1,
    });
    const sumPostgres = new GeneratedSecret(this, "SumPostgres", {
      name: "sum-postgres",
      description: "User name and password of the Sum system in PostgreSQL; postgres-init creates the role",
      known: { username: "nv_demo_sum" },
      generated: "password",
      version: 1,
    });
    const client = new GeneratedSecret(this, "Client", {
      name: "client",
      description: "User name and password of the first user of the Files API",
      known: { username: "nvclient" },
      generated: "password",
      version: 1,
    });
    this.outputs = this.publish({
      postgresSecretArn: postgres.arn,
      sumPostgresSecretArn: sumPostgres.arn,
      clientSecretArn: client.arn,
      clientSecretVersion: client.versionId,
    });
  }
}
