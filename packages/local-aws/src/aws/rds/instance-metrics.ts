import { statfsSync } from "node:fs";
import type { Sample } from "../cloudwatch/sampler.ts";
import type { DbInstances } from "./db-instances.ts";

/**
 * The free storage of the instances that are available, which is that of the disk of this machine. The others have no
 * metrics, as on AWS. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html
 */
export function instanceSamples(instances: DbInstances): Sample[] {
  return instances
    .recorded()
    .filter(({ instance }) => instance.status === "available")
    .map(({ instance }) => {
      const { bavail, bsize } = statfsSync(instance.directory);
      return {
        namespace: "AWS/RDS",
        dimensions: { DBInstanceIdentifier: instance.identifier },
        values: { FreeStorageSpace: bavail * bsize },
      };
    });
}
