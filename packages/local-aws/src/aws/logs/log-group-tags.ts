/** The tags of each log group, by its name, as Terraform recorded them. */
export type LogGroupTags = Map<string, Readonly<Record<string, string>>>;
