import { findAwsCli } from "@nv-demo/local-aws";

/**
 * Warns of an AWS CLI that would send its requests to AWS.
 *
 * @param endpoint of the local AWS.
 * @returns undefined when there is nothing to warn of.
 */
export async function awsCliWarning(endpoint: string): Promise<string | undefined> {
  const path = process.env.NV_DEMO_USER_PATH ?? process.env.PATH;
  const cli = await findAwsCli({ ...process.env, PATH: path });
  if (!cli || cli.readsEndpointVariable) return undefined;
  return (
    `Warning: ${cli.version ?? "the aws on the PATH"} does not read AWS_ENDPOINT_URL and would send requests to AWS.\n` +
    `Use npm run local -- aws, or add --endpoint-url ${endpoint} to each call.`
  );
}
