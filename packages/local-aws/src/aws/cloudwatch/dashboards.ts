import { arn } from "../../runtime/account.ts";
import { AwsError } from "../../runtime/error.ts";

export interface StoredDashboard {
  readonly name: string;
  /** JSON. */
  readonly body: string;
  /** Time of the last change, or of the last start of the local AWS, in milliseconds since the epoch. */
  readonly modifiedAt: number;
}

/** They belong to no region: `arn:aws:cloudwatch::<account>:dashboard/<name>`. */
export const dashboardArn = (name: string): string => arn("cloudwatch", `dashboard/${name}`, "global");

/** The dashboards, by name. */
export class Dashboards {
  readonly #dashboards = new Map<string, StoredDashboard>();

  put(dashboard: StoredDashboard): void {
    this.#dashboards.set(dashboard.name, dashboard);
  }

  delete(name: string): void {
    this.#dashboards.delete(name);
  }

  /** In alphabetical order. */
  all(): StoredDashboard[] {
    return [...this.#dashboards.values()].sort((one, other) => one.name.localeCompare(other.name));
  }

  /** @throws AwsError `ResourceNotFound` */
  get(name: string): StoredDashboard {
    const dashboard = this.#dashboards.get(name);
    if (!dashboard) throw new AwsError("ResourceNotFound", `Dashboard ${name} does not exist`, 404);
    return dashboard;
  }
}
