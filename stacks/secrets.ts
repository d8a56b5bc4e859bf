import type { Construct } from "constructs";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import type { Published } from "./base/outputs.ts";
import { GeneratedSecret } from "./constructs/generated-secret.ts";

export interface SecretsOutputs {
  readonly postgresSecretArn: string;
  readonly sumPostgresSecretArn: string;
  readonly clientSecretArn: string;
}

/** The passwords of the applications' own database roles, and of the first user who may sign in. */
export class SecretsStack extends BaseStack {
  readonly outputs: Published<SecretsOutputs>;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const postgres = new GeneratedSecret(this, "Postgres", {
      thing: "postgres",
      description: "User name and password of the Files system in PostgreSQL; postgres-init makes the role of it",
      known: { username: "nv_demo_app" },
      generated: "password",
      version: 1,
    });
    const sumPostgres = new GeneratedSecret(this, "SumPostgres", {
      thing: "sum-postgres",
      description: "User name and password of the Sum system in PostgreSQL; postgres-init makes the role of it",
      known: { username: "nv_demo_sum" },
      generated: "password",
      version: 1,
    });
    const client = new GeneratedSecret(this, "Client", {
      thing: "client",
      description: "User name and password of the first user of the Files API",
      known: { username: "nvclient" },
      generated: "password",
      version: 1,
    });
    this.outputs = this.publish({
      postgresSecretArn: postgres.arn,
      sumPostgresSecretArn: sumPostgres.arn,
      clientSecretArn: client.arn,
    });
  }
}
