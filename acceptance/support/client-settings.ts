import type { Target } from "./target.ts";

/** What an SDK client needs to talk to the deployment: nothing of its own against AWS, where the shell's credentials count. */
export function clientSettings(variables: Target["awsVariables"]) {
  const { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region } = variables;
  if (endpoint === undefined) return {};
  return {
    endpoint,
    region: String(region),
    credentials: {
      accessKeyId: String(variables.AWS_ACCESS_KEY_ID),
      secretAccessKey: String(variables.AWS_SECRET_ACCESS_KEY),
    },
  };
}
