/**
 * The text of every file in which searches look: lower case and without accents. It is in a table of its own, because a
 * column of `file` would rewrite that table while it is locked, and an expression would be computed again for each
 * file that a search reads, which takes 3 µs. A trigger maintains the table in the transaction of each change, so
 * that no program writes it. `folder` and `name` are the parts of the key up to and after the last slash.
 *
 * `unaccent` is not immutable, because its rules can be changed; here they are those of the server. A new version of
 * PostgreSQL with other rules affects only texts with the characters concerned, until they are written again.
 *
 * The table has accurate statistics, because the planner chooses by them whether a text is so common that the shortest
 * keys with it are found fastest in the order of lengths.
 */
export const sql = `
  create extension if not exists pg_trgm with schema public;
  create extension if not exists unaccent with schema public;
  create or replace function public.file_search_text(value text) returns text
    language sql immutable strict parallel safe cost 1000
    as $$
      select lower(public.unaccent('public.unaccent'::regdictionary, normalize(value, NFKD)) collate "pg_c_utf8")
    $$;
  create table if not exists public.file_search (
    bucket text collate "C" not null,
    key text collate "C" not null,
    folder text collate "C" not null,
    name text collate "C" not null,
    length integer not null,
    primary key (bucket, key)
  );
  alter table public.file_search alter column folder set statistics 300, alter column name set statistics 300;
  create or replace function public.file_search_row(bucket text, key text) returns public.file_search
    language sql immutable parallel safe
    as $$
      select row(
        bucket, key, public.file_search_text(substring(key from '^(?:.*/)?')),
        public.file_search_text(substring(key from '[^/]*$')), length(key)
      )::public.file_search
    $$;
  create or replace function public.update_file_search() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
      declare
        was_file boolean := tg_op in ('UPDATE', 'DELETE') and old.removed_at is null;
        is_file boolean := tg_op in ('INSERT', 'UPDATE') and new.removed_at is null;
        has_moved boolean := tg_op = 'UPDATE' and (old.bucket, old.key) <> (new.bucket, new.key);
      begin
        if tg_op = 'TRUNCATE' then
          truncate public.file_search;
          return null;
        end if;
        if was_file and (not is_file or has_moved) then
          delete from public.file_search as entry where entry.bucket = old.bucket and entry.key = old.key;
        end if;
        if is_file and (not was_file or has_moved) then
          insert into public.file_search
            select entry.* from public.file_search_row(new.bucket, new.key) as entry on conflict do nothing;
        end if;
        return null;
      end
    $$;
  create or replace trigger file_search after insert or delete or update of bucket, key, removed_at on public.file
    for each row execute function public.update_file_search();
  create or replace trigger file_search_truncate after truncate on public.file
    for each statement execute function public.update_file_search();
`;
