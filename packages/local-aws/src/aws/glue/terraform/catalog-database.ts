import { optionalText, text } from "../../../provider/attributes.ts";
import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import { ACCOUNT_ID } from "../../../runtime/account.ts";
import { databaseId } from "../catalog.ts";
import type { GlueContext } from "../operations/context.ts";

export function catalogDatabaseResource({ catalog }: GlueContext): ResourceHandler {
  return {
    type: "aws_glue_catalog_database",
    identifiers: { arn: "glue:*:database/{name}" },
    identity: ({ name }) => optionalText(name),
    create: ({ name }) => ({ id: databaseId(text(name)), catalog_id: ACCOUNT_ID }),
    start: ({ name, description }) => catalog.putDatabase({ name: text(name), description: text(description) }),
    delete: ({ name }) => catalog.deleteDatabase(text(name)),
  };
}
