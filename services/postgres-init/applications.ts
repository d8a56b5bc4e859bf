/** The privileges of one application's role; it has no others. */
export interface Application {
  readonly schema: string;
  /** Each completes a `grant` statement. */
  readonly grants: readonly string[];
}

/** The applications that share the database. The keys are those of `applicationSecretArns` in the configuration. */
export const applications = {
  files: {
    schema: "public",
    grants: ["select, insert, update, delete on table public.file", "select on table public.file_search"],
  },
  sum: {
    schema: "sum",
    grants: ["select, insert on table sum.project_table", "execute on function sum.reset_project_table()"],
  },
} as const satisfies Record<string, Application>;

export type ApplicationName = keyof typeof applications;
export const applicationNames = Object.keys(applications) as readonly ApplicationName[];
