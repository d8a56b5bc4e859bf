import type { DataSourceHandler } from "../../../provider/resource-handler.ts";
import { ACCOUNT_ID } from "../../../runtime/account.ts";

export const callerIdentityDataSource: DataSourceHandler = {
  type: "aws_caller_identity",
  read: () => ({
    id: ACCOUNT_ID,
    account_id: ACCOUNT_ID,
    arn: `arn:aws:iam::${ACCOUNT_ID}:root`,
    user_id: ACCOUNT_ID,
  }),
};
