import { uuid } from "../../../provider/identifiers.ts";
import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const keyResource: ResourceHandler = {
  type: "aws_kms_key",
  identifiers: { id: (_, randomHex) => uuid(randomHex(32)), arn: "kms:*:key/{id}", computed: { key_id: "{id}" } },
};
