import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret/index.js";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import { snakeCase } from "../base/outputs.ts";

export interface GeneratedSecretProps {
  /** The secret's name after the prefix. */
  readonly thing: string;
  readonly description: string;
  /** Members of the secret's JSON that are no secret, as a user's name. */
  readonly known?: Readonly<Record<string, string>>;
  /** The member that holds the generated value. */
  readonly generated: string;
  /** Raise it to have a new value made; whoever uses the secret reads it anew. */
  readonly version: number;
}

const LENGTH = 40;

/**
 * A secret whose value is made at deployment and goes nowhere but into Secrets Manager: an ephemeral random password, written by a
 * write-only argument, so that neither plan nor state nor our own code ever holds it.
 */
export class GeneratedSecret extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: GeneratedSecretProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const secret = new SecretsmanagerSecret(this, "Secret", {
      name: stack.physicalName("secret", props.thing),
      description: props.description,
      // a deleted secret keeps its name taken for so many days
      recoveryWindowInDays: stack.environment.dataOnDestroy === "delete" ? 0 : 30,
    });
    // cdktf has no ephemeral resources, so this one is written as Terraform's JSON
    const password = `aws_secretsmanager_random_password.${snakeCase(props.thing)}`;
    stack.addOverride(`ephemeral.${password}`, { password_length: LENGTH, exclude_punctuation: true });
    new SecretsmanagerSecretVersion(this, "Value", {
      secretId: secret.id,
      // JSON as text, because cdktf's jsonencode would escape the reference; letters and digits need no escaping in it
      secretStringWo: JSON.stringify({
        ...props.known,
        [props.generated]: `\${ephemeral.${password}.random_password}`,
      }),
      secretStringWoVersion: props.version,
    });
    this.arn = secret.arn;
  }
}
