/** Attributes in the form of the query protocol. */
export function attributeMap(values: Readonly<Record<string, string>>): object {
  return { Attributes: { entry: Object.entries(values).map(([key, value]) => ({ key, value })) } };
}
