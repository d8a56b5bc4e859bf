import { defaultProvider } from "@aws-sdk/credential-provider-node";
import type { AwsAccess } from "./access.ts";
import { environmentEndpoint, functionAccess } from "./environment.ts";

/**
 * The access of a program in a container, and of a command: the credentials are those of the SDK's default chain, which
 * obtains those of an ECS task by HTTP and renews them. A function does not need it, and would be larger by 300 kB.
 */
export const containerAccess: AwsAccess = {
  get region() {
    return functionAccess.region;
  },
  credentials: defaultProvider(),
  endpoint: environmentEndpoint,
};
