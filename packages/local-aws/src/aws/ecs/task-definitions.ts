import { AwsError } from "../../runtime/error.ts";
import { Journal } from "../../runtime/journal.ts";
import { nameOf } from "./arns.ts";
import type { TaskDefinition } from "./task-definition.ts";

/**
 * All registered task definitions. They remain when Terraform replaces them, because a service may roll back to one.
 */
export class TaskDefinitions {
  readonly #definitions: Journal<TaskDefinition>;

  constructor(path: string) {
    this.#definitions = new Journal(path);
  }

  nextRevision(family: string): number {
    const revisions = this.#definitions.values().filter((definition) => definition.family === family);
    return Math.max(0, ...revisions.map(({ revision }) => revision)) + 1;
  }

  put(definition: TaskDefinition): void {
    this.#definitions.set(definition.arn, definition);
  }

  find(arn: string): TaskDefinition | undefined {
    return this.#definitions.get(arn);
  }

  /**
   * By ARN, `family:revision`, or family, which means its latest revision.
   *
   * @throws AwsError `ClientException`.
   */
  get(reference: string): TaskDefinition {
    const name = nameOf(reference);
    const latest = this.#definitions
      .values()
      .filter(({ family, revision }) => name === family || name === `${family}:${revision}`)
      .toSorted((one, other) => other.revision - one.revision)[0];
    if (!latest) throw new AwsError("ClientException", "Unable to describe task definition.");
    return latest;
  }

  close(): void {
    this.#definitions.close();
  }
}
