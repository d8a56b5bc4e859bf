import type { Sample } from "../cloudwatch/sampler.ts";
import type { MetadataStore } from "./metadata-store.ts";

/**
 * The number and the size of the objects of each bucket, with their old versions.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html
 */
export function storageSamples(store: MetadataStore): Sample[] {
  return store.buckets().flatMap(({ name: BucketName }) => {
    const keys = store.keys(BucketName);
    let NumberOfObjects = 0;
    let BucketSizeBytes = 0;
    for (let index = 0, key = keys.at(0); key !== undefined; index += 1, key = keys.at(index)) {
      for (const { size } of store.versions(BucketName, key)) {
        NumberOfObjects += 1;
        BucketSizeBytes += size;
      }
    }
    const sample = (StorageType: string, values: Sample["values"]): Sample => ({
      namespace: "AWS/S3",
      dimensions: { BucketName, StorageType },
      values,
    });
    return [sample("AllStorageTypes", { NumberOfObjects }), sample("StandardStorage", { BucketSizeBytes })];
  });
}
