import { CONFIGURATIONS } from "../configurations.ts";
import type { Operation } from "../context.ts";
import type { ConfigurationName } from "../model.ts";
import { bucketArn } from "../names.ts";

/** `DeleteBucketCors`, `DeleteBucketEncryption`, …: removes one configuration. */
export function deleteBucketConfiguration(name: ConfigurationName): Operation {
  const { permissions } = CONFIGURATIONS[name];
  return ({ store }, { bucket, call }) => {
    call.authorize(permissions.delete ?? permissions.put, bucketArn(bucket));
    store.configure(bucket, name, undefined);
    return { status: 204 };
  };
}
