import { type Access, queryService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource-handler.ts";
import { CpuMeter } from "../../runtime/cpu-meter.ts";
import type { Sample } from "../cloudwatch/sampler.ts";
import type { ManagedSecrets } from "../secrets-manager/managed-secrets.ts";
import type { RandomInteger } from "../secrets-manager/random-integer.ts";
import { DbInstances, type DbInstancesOptions } from "./db-instances.ts";
import { instanceSamples } from "./instance-metrics.ts";
import { rdsOperations } from "./operations/index.ts";
import { rdsTerraform } from "./terraform/index.ts";

export interface RdsOptions extends DbInstancesOptions {
  /** Stores the master passwords that RDS manages. */
  readonly secrets: ManagedSecrets;
  readonly access: Access;
  readonly random: RandomInteger;
}

/**
 * RDS for PostgreSQL. Each instance is a PostgreSQL server on the loopback interface, without TLS, replicas or
 * snapshots.
 */
export class Rds {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly instances: DbInstances;
  readonly #meter = new CpuMeter();

  constructor(options: RdsOptions) {
    this.instances = new DbInstances(options);
    this.service = queryService(
      {
        signingName: "rds",
        namespace: "http://rds.amazonaws.com/doc/2014-10-31/",
        operations: rdsOperations({ instances: this.instances }),
      },
      options.access,
    );
    this.terraform = rdsTerraform(this.instances, options.secrets, options.random);
  }

  /** Values for the metrics of the instances. */
  samples(): Sample[] {
    return instanceSamples(this.instances, this.#meter);
  }

  /** Stops all instances. */
  close(): Promise<void> {
    return this.instances.close();
  }
}
