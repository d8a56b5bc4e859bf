/** What another service of the local AWS, such as RDS, needs to store secrets that it manages. */
export interface ManagedSecrets {
  /** @returns the ARN of the new secret. */
  createManaged(name: string, owningService: string, description: string, value: string): string;
  /** The current value; undefined when the secret does not exist. */
  currentValue(arn: string): string | undefined;
  deleteManaged(arn: string): void;
}
