/** What the role of one application may do; whatever is not here it may not. */
export interface Application {
  readonly schema: string;
  /** After `grant`, each. */
  readonly grants: readonly string[];
}

/** The applications that share the database, by the name that their secret's ARN has in the configuration. */
export const applications = {
  files: {
    schema: "public",
    grants: ["select, insert, update, delete on table public.file"],
  },
  sum: {
    schema: "sum",
    grants: ["select, insert on table sum.project_table", "execute on function sum.reset_project_table()"],
  },
} as const satisfies Record<string, Application>;

export type ApplicationName = keyof typeof applications;
export const applicationNames = Object.keys(applications) as readonly ApplicationName[];
