import type { AwsAccess } from "../../lib/aws/access.ts";
import { containerAccess } from "../../lib/aws/container-access.ts";
import type { Aws } from "./open-aws.ts";

/** The access of the programs' own AWS clients, with the settings of the SDK's. */
export const accessOf = ({ region, endpoint, credentials }: Aws["client"]): AwsAccess => ({
  region,
  endpoint: (service) => endpoint ?? containerAccess.endpoint(service),
  credentials: credentials ? async () => credentials : containerAccess.credentials,
});
