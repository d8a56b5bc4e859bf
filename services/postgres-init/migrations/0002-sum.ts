/**
 * The numbers of the Sum system, in their own schema: the role of one system has no access to the schema of the other.
 *
 * Values have ten decimals, so that sums are exact to two decimals. Only the owner of a table can restart its IDs, so
 * the reset is a `security definer` function, which gives the caller no other privilege.
 */
export const sql = `
  create schema sum;
  create table sum.project_table (
    id bigint generated always as identity primary key,
    value numeric(25, 10) not null,
    ip_address inet not null
  );
  create function sum.reset_project_table() returns void
    language sql security definer set search_path = pg_catalog, pg_temp
    as 'truncate table sum.project_table restart identity';
  revoke all on function sum.reset_project_table() from public;
`;
