import { arn } from "../../runtime/account.ts";
import { AwsError } from "../../runtime/error.ts";

export interface WorkGroup {
  readonly name: string;
  readonly description: string;
  readonly enabled: boolean;
  /** Whether the settings of the workgroup override those of the client. */
  readonly enforced: boolean;
  /** `s3://<bucket>/<prefix>`; undefined when the client must say it. */
  readonly outputLocation: string | undefined;
  readonly encryption: string | undefined;
  /** A query that would read more bytes is cancelled. */
  readonly bytesScannedCutoff: number | undefined;
}

/** Every account has it. */
const PRIMARY: WorkGroup = {
  name: "primary",
  description: "",
  enabled: true,
  enforced: false,
  outputLocation: undefined,
  encryption: undefined,
  bytesScannedCutoff: undefined,
};

/** The workgroups, which Terraform alone creates and changes. */
export class WorkGroups {
  readonly #groups = new Map<string, WorkGroup>([[PRIMARY.name, PRIMARY]]);

  put(group: WorkGroup): void {
    this.#groups.set(group.name, group);
  }

  delete(name: string): void {
    this.#groups.delete(name);
  }

  /** By name. */
  all(): WorkGroup[] {
    return [...this.#groups.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** @throws AwsError `InvalidRequestException`. */
  get(name: string): WorkGroup {
    const group = this.#groups.get(name);
    if (group) return group;
    throw new AwsError("InvalidRequestException", `WorkGroup ${name} is not found.`);
  }
}

export function workGroupArn(name: string): string {
  return arn("athena", `workgroup/${name}`);
}
