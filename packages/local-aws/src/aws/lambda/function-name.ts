export interface FunctionName {
  readonly name: string;
  /** Version or alias. */
  readonly qualifier: string | undefined;
}

/**
 * Reads the forms in which Lambda lets a function be named: `name`, `name:alias`, `000000000000:function:name` and the full ARN, each with or
 * without a qualifier. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_RequestSyntax
 */
export function parseFunctionName(reference: string): FunctionName {
  const [, name = reference, qualifier] = /^(?:.*:?function:)?([^:]+)(?::([^:]+))?$/.exec(reference) ?? [];
  return { name, qualifier };
}
