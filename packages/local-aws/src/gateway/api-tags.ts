/** Tags in the form of the API. */
export type ApiTags = readonly { readonly Key: string; readonly Value: string }[];

export function fromApiTags(tags: ApiTags = []): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}

export function toApiTags(tags: Readonly<Record<string, string>>): ApiTags {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
