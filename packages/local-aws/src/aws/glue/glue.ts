import { type Access, jsonService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource-handler.ts";
import { Catalog } from "./catalog.ts";
import { glueOperations } from "./operations/index.ts";
import { glueTerraform } from "./terraform/index.ts";

/** The Data Catalog of Glue. Jobs, crawlers and partitions in the catalog are not supported. */
export class Glue {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly catalog = new Catalog();

  constructor(access: Access) {
    const context = { catalog: this.catalog };
    this.service = jsonService(
      { signingName: "glue", target: "AWSGlue", jsonVersion: "1.1", operations: glueOperations(context) },
      access,
    );
    this.terraform = glueTerraform(context);
  }
}
