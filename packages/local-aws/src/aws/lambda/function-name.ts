export interface FunctionName {
  readonly name: string;
  /** Version or alias. */
  readonly qualifier: string | undefined;
}

/**
 * Parses a reference to a function: `name`, `000000000000:function:name` or the full ARN, each with or without a
 * qualifier (`name:alias`). https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_RequestSyntax
 */
export function parseFunctionName(reference: string): FunctionName {
  const [, name = reference, qualifier] = /^(?:.*:?function:)?([^:]+)(?::([^:]+))?$/.exec(reference) ?? [];
  return { name, qualifier };
}

/** `name`, or `name:alias` for a reference with a qualifier. */
export function qualifiedName(reference: string): string {
  const { name, qualifier } = parseFunctionName(reference);
  return qualifier === undefined ? name : `${name}:${qualifier}`;
}
