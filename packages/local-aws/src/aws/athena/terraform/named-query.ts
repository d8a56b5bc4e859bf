import { text } from "../../../provider/attributes.ts";
import { uuid } from "../../../provider/identifiers.ts";
import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import type { AthenaContext } from "../operations/context.ts";

export function namedQueryResource({ queries, groups }: AthenaContext): ResourceHandler {
  return {
    type: "aws_athena_named_query",
    identifiers: { id: (_, randomHex) => uuid(randomHex(32)) },
    create({ workgroup }) {
      groups.get(text(workgroup));
      return {};
    },
    start: ({ id, name, description, database, query, workgroup }) =>
      queries.put({
        id: text(id),
        name: text(name),
        description: text(description),
        database: text(database),
        statement: text(query),
        workGroup: text(workgroup),
      }),
    delete: ({ id }) => queries.delete(text(id)),
  };
}
