/**
 * The part of Secrets Manager that other services of the local AWS, such as RDS, use for the secrets that they manage.
 */
export interface ManagedSecrets {
  /** @returns the ARN of the new secret. */
  createManaged(name: string, owningService: string, description: string, value: string): string;
  /** The current value; undefined when the secret does not exist. */
  currentValue(arn: string): string | undefined;
  deleteManaged(arn: string): void;
}
