import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret/index.js";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import { snakeCase } from "../base/outputs.ts";
import { SecretVariables } from "./secret-variables.ts";

export interface GeneratedSecretProps {
  /** The secret's name after the prefix. */
  readonly name: string;
  readonly description: string;
  /** Properties of the secret's JSON that are not secret, such as a user name. */
  readonly known?: Readonly<Record<string, string>>;
  /** Name of the property with the generated value. */
  readonly generated: string;
  /** Increment it to generate a new value. */
  readonly version: number;
  /** Whether Terraform variables may set the value; see {@link SecretVariables}. */
  readonly external?: boolean;
}

const LENGTH = 40;

/**
 * A secret whose value is generated at deployment by an ephemeral resource and written with a write-only argument, so
 * that neither the plan nor the state nor our own code ever contains it.
 */
export class GeneratedSecret extends Construct {
  readonly arn: string;
  /** Changes with the value. */
  readonly versionId: string;

  constructor(scope: Construct, id: string, props: GeneratedSecretProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const secret = new SecretsmanagerSecret(this, "Secret", {
      name: stack.physicalName("secret", props.name),
      description: props.description,
      // The name of a deleted secret cannot be reused for this number of days.
      recoveryWindowInDays: stack.environment.dataOnDestroy === "delete" ? 0 : 30,
    });
    // An override, because cdktf does not support ephemeral resources.
    const password = `aws_secretsmanager_random_password.${snakeCase(props.name)}`;
    stack.addOverride(`ephemeral.${password}`, { password_length: LENGTH, exclude_punctuation: true });
    const generated = `ephemeral.${password}.random_password`;
    const variables = props.external && new SecretVariables(this, "Variables", props);
    const value = new SecretsmanagerSecretVersion(this, "Value", {
      secretId: secret.id,
      secretStringWo: variables
        ? `\${jsonencode({"${props.generated}" = coalesce(${variables.value}, ${generated})})}`
        : // JSON.stringify, because jsonencode of cdktf would escape the reference; the value is letters and digits.
          JSON.stringify({ ...props.known, [props.generated]: `\${${generated}}` }),
      secretStringWoVersion: variables ? variables.version : props.version,
    });
    this.arn = secret.arn;
    this.versionId = value.versionId;
  }
}
