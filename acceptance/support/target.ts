import { inject } from "vitest";

/** The deployment to test. */
export interface Target {
  /** `local` also runs the tests that stop parts of the deployment or all of it. */
  readonly kind: "local" | "aws";
  /** The URL of the Files API, without a trailing slash. */
  readonly apiUrl: string;
  readonly username: string;
  readonly password: string;
  /** The URL of the Shout API, without a trailing slash; undefined if it is not deployed. */
  readonly shoutUrl: string | undefined;
  /** The URL of the Sum system, like `shoutUrl`. */
  readonly sumUrl: string | undefined;
  /** The URL of each stage of the Hello API, without a trailing slash; empty if it is not deployed. */
  readonly helloUrls: Readonly<Record<string, string>>;
  /** The URL of each stage of the Releases system, like `helloUrls`. */
  readonly releasesUrls: Readonly<Record<string, string>>;
  /** The prefix of physical names. */
  readonly prefix: string;
  /** Environment variables for the AWS SDK and CLI: endpoint and access key of the local AWS; empty on AWS. */
  readonly awsVariables: Readonly<Record<string, string>>;
  /** The dashboard of a local deployment, with its token; undefined on AWS. */
  readonly dashboardUrl?: string;
  /** What the emulated Slack and PagerDuty of a local deployment have received; undefined on AWS. */
  readonly notificationsUrl?: string;
  /** The data folder of a local deployment. */
  readonly dataDirectory: string;
}

declare module "vitest" {
  interface ProvidedContext {
    /** A deployment for each worker. */
    targets: readonly Target[];
    /** Whether vitest runs with `-u`. */
    updatePictures: boolean;
  }
}

/** The deployment of this worker of vitest, which runs one spec file at a time. No other worker uses it. */
export const target: Target = targetOf(process.env.VITEST_POOL_ID);

/** @param worker from 1 to the number of workers */
function targetOf(worker: string | undefined): Target {
  const found = inject("targets")[Number(worker) - 1];
  if (!found) throw new Error(`There is no deployment for the worker ${worker}.`);
  return found;
}
