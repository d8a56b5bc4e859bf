/**
 * The numbers of the Sum system, in a schema of its own: whoever may use one system's tables does not even see the other's.
 *
 * Values are kept to ten decimals, so that a sum is exact to two whatever was added. Ids begin anew by a function of the owner's, because
 * only the owner of a table may restart them; that function does this one thing, and who may call it may not do more.
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
