import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import { ACCOUNT_ID, REGION } from "../../../runtime/account.ts";

export const aliasResource: ResourceHandler = {
  type: "aws_kms_alias",
  identifiers: {
    arn: "kms:*:{name}",
    computed: { target_key_arn: `arn:aws:kms:${REGION}:${ACCOUNT_ID}:key/{target_key_id}` },
  },
};
