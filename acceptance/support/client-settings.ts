import type { Target } from "./target.ts";

/** The configuration of an SDK client for the deployment; empty on AWS, where the default credentials are used. */
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
