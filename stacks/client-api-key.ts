import type { Construct } from "constructs";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import type { Published } from "./base/outputs.ts";
import { GeneratedSecret } from "./constructs/generated-secret.ts";

export interface ClientApiKeyOutputs {
  readonly apiKeySecretArn: string;
}

/**
 * The API key with which programs, such as the canary, sign in to the Files API. It is a separate stack, so that the
 * key can be rotated without deploying anything else.
 */
export class ClientApiKeyStack extends BaseStack {
  readonly outputs: Published<ClientApiKeyOutputs>;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const apiKey = new GeneratedSecret(this, "ApiKey", {
      name: "client-api-key",
      description: "API key with which programs sign in to the Files API",
      generated: "key",
      version: 1,
    });
    this.outputs = this.publish({ apiKeySecretArn: apiKey.arn });
  }
}
