import type { Construct } from "constructs";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import type { Published } from "./base/outputs.ts";
import { GeneratedSecret } from "./constructs/generated-secret.ts";

export interface ClientApiKeyOutputs {
  readonly apiKeySecretArn: string;
}

/** The key by which programs sign in, the canary first; a stack of its own so that it is replaced without touching anything else. */
export class ClientApiKeyStack extends BaseStack {
  readonly outputs: Published<ClientApiKeyOutputs>;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const apiKey = new GeneratedSecret(this, "ApiKey", {
      thing: "client-api-key",
      description: "Key by which programs sign in to the Files API",
      generated: "key",
      version: 1,
    });
    this.outputs = this.publish({ apiKeySecretArn: apiKey.arn });
  }
}
