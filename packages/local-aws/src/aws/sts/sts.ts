import { type Access, queryService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource-handler.ts";
import type { AccessControl } from "../iam/access-control.ts";
import { stsOperations } from "./operations/index.ts";
import { stsTerraform } from "./terraform/index.ts";

export interface StsOptions {
  readonly access: Access;
  readonly credentialsFor: AccessControl["credentialsFor"];
}

/** STS for role sessions and the caller identity. */
export class Sts {
  readonly service: AwsService;
  readonly terraform: TerraformParts = stsTerraform;

  constructor({ access, credentialsFor }: StsOptions) {
    this.service = queryService(
      {
        signingName: "sts",
        namespace: "https://sts.amazonaws.com/doc/2011-06-15/",
        operations: stsOperations({ clock: access.clock, credentialsFor }),
      },
      access,
    );
  }
}
