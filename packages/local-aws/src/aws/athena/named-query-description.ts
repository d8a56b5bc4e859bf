import type { NamedQuery } from "./named-queries.ts";

/** A named query as the API returns it. */
export function namedQueryDescription({ id, name, description, database, statement, workGroup }: NamedQuery): object {
  return {
    NamedQueryId: id,
    Name: name,
    ...(description && { Description: description }),
    Database: database,
    QueryString: statement,
    WorkGroup: workGroup,
  };
}
