import { join } from "node:path";
import { type Access, jsonService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource-handler.ts";
import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import type { Sample } from "../cloudwatch/sampler.ts";
import { roleCaller } from "../iam/role-caller.ts";
import type { LambdaInvoker } from "../lambda/invoker.ts";
import { deliveryStreamArn } from "./delivery-stream.ts";
import { DeliveryStreams, type DeliveryStreamsOptions } from "./delivery-streams.ts";
import { firehoseOperations } from "./operations/index.ts";
import { streamSamples } from "./stream-metrics.ts";
import { firehoseTerraform } from "./terraform/index.ts";

export interface FirehoseOptions {
  /** Where records are stored until they are written. */
  readonly directory: string;
  readonly access: Access;
  readonly clock: Clock;
  readonly lambda: () => LambdaInvoker;
  readonly writeObject: DeliveryStreamsOptions["writeObject"];
}

/**
 * Firehose with direct writes to buckets: buffers, a transformation by a function, GZIP. Dynamic partitioning and the
 * conversion to other formats are not supported.
 */
export class Firehose {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly #access: Access;
  readonly #streams: DeliveryStreams;

  constructor({ directory, access, clock, lambda, writeObject }: FirehoseOptions) {
    const { authorize } = access;
    this.#access = access;
    this.#streams = new DeliveryStreams({
      path: join(directory, "records.jsonl"),
      authorize,
      clock,
      lambda,
      writeObject,
    });
    const context = { streams: this.#streams };
    this.service = jsonService(
      {
        signingName: "firehose",
        target: "Firehose_20150804",
        jsonVersion: "1.1",
        operations: firehoseOperations(context),
      },
      access,
    );
    this.terraform = firehoseTerraform(context);
  }

  /**
   * Adds a record of an AWS service, with the permissions of a role.
   *
   * @throws AwsError `AccessDenied` or `ResourceNotFoundException`.
   */
  putRecord(streamArn: string, roleArn: string, data: Uint8Array): void {
    const name = streamArn.split("/").at(-1) ?? "";
    if (streamArn !== deliveryStreamArn(name)) {
      throw new AwsError("ResourceNotFoundException", `${streamArn} is not a delivery stream of this account.`);
    }
    this.#access.authorize(roleCaller(roleArn, "firehose"), "firehose:PutRecord", streamArn);
    this.#streams.add(this.#streams.get(name), [Buffer.from(data).toString("base64")]);
  }

  /** Values for the metrics of the streams. */
  samples(): Sample[] {
    return streamSamples(this.#streams);
  }

  /** Starts to write. Functions and buckets must be ready. */
  resume(): void {
    this.#streams.resume();
  }

  /** Finishes the writes in progress, before Lambda closes. */
  suspend(): Promise<void> {
    return this.#streams.suspend();
  }

  close(): void {
    this.#streams.close();
  }
}
