import type { Construct } from "constructs";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import type { Published } from "./base/outputs.ts";
import { GeneratedSecret } from "./constructs/generated-secret.ts";

export interface ClientApiKeyOutputs {
  readonly apiKeySecretArn: string;
  readonly apiKeySecretVersion: string;
}

/**
 * The access key with which the canary signs in to the Files API; it is limited to the folder `canary/`. It is a
 * separate stack, so that the key can be rotated by itself: the next deployment of the stack `users` registers it.
 */
export class ClientApiKeyStack extends BaseStack {
  readonly outputs: Published<ClientApiKeyOutputs>;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const apiKey = new GeneratedSecret(this, "ApiKey", {
      name: "client-api-key",
      description: "Access key of the canary for the Files API",
      generated: "key",
      version: 1,
      external: true, // The key may have to be one that another system already uses.
    });
    this.outputs = this.publish({ apiKeySecretArn: apiKey.arn, apiKeySecretVersion: apiKey.versionId });
  }
}
