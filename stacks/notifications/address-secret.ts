import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret/index.js";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";

/**
 * The secret with the addresses of Slack and PagerDuty, which are credentials. It is created without a value, so that
 * Terraform neither knows the addresses nor can overwrite them: an operator writes them with
 * `aws secretsmanager put-secret-value`. Only the addresses of emulations are written at the deployment.
 */
export class AddressSecret extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const { dataOnDestroy, notifications } = stack.environment;
    const secret = new SecretsmanagerSecret(this, "Secret", {
      name: stack.physicalName("secret", "notifications"),
      description: "Addresses of Slack and PagerDuty for alarms; written by an operator",
      recoveryWindowInDays: dataOnDestroy === "delete" ? 0 : 30,
    });
    if (notifications.addresses !== undefined) {
      new SecretsmanagerSecretVersion(this, "Value", {
        secretId: secret.id,
        secretStringWo: JSON.stringify(notifications.addresses),
        secretStringWoVersion: 1,
      });
    }
    this.arn = secret.arn;
  }
}
