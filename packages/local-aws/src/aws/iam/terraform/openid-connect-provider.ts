import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const openidConnectProviderResource: ResourceHandler = {
  type: "aws_iam_openid_connect_provider",
  identifiers: { arn: "iam::@:oidc-provider/{url}", arnIsId: true },
};
