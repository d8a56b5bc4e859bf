import type { Operation } from "../context.ts";
import { abortMultipartUpload } from "./abort-multipart-upload.ts";
import { completeMultipartUpload } from "./complete-multipart-upload.ts";
import { copyObject } from "./copy-object.ts";
import { createBucket } from "./create-bucket.ts";
import { createMultipartUpload } from "./create-multipart-upload.ts";
import { deleteBucket } from "./delete-bucket.ts";
import { deleteBucketConfiguration } from "./delete-bucket-configuration.ts";
import { deleteObject } from "./delete-object.ts";
import { deleteObjectTagging } from "./delete-object-tagging.ts";
import { deleteObjects } from "./delete-objects.ts";
import { getBucketAcl } from "./get-bucket-acl.ts";
import { getBucketConfiguration } from "./get-bucket-configuration.ts";
import { getBucketLocation } from "./get-bucket-location.ts";
import { getObject } from "./get-object.ts";
import { getObjectAcl } from "./get-object-acl.ts";
import { getObjectAttributes } from "./get-object-attributes.ts";
import { getObjectTagging } from "./get-object-tagging.ts";
import { headBucket } from "./head-bucket.ts";
import { headObject } from "./head-object.ts";
import { listBuckets } from "./list-buckets.ts";
import { listMultipartUploads } from "./list-multipart-uploads.ts";
import { listObjectVersions } from "./list-object-versions.ts";
import { listObjects } from "./list-objects.ts";
import { listObjectsV2 } from "./list-objects-v2.ts";
import { listParts } from "./list-parts.ts";
import { putBucketConfiguration } from "./put-bucket-configuration.ts";
import { putObject } from "./put-object.ts";
import { putObjectTagging } from "./put-object-tagging.ts";
import { uploadPart } from "./upload-part.ts";
import { uploadPartCopy } from "./upload-part-copy.ts";

/** The supported actions by AWS name. */
export const S3_OPERATIONS: Readonly<Record<string, Operation>> = {
  AbortMultipartUpload: abortMultipartUpload,
  CompleteMultipartUpload: completeMultipartUpload,
  CopyObject: copyObject,
  CreateBucket: createBucket,
  CreateMultipartUpload: createMultipartUpload,
  DeleteBucket: deleteBucket,
  DeleteBucketCors: deleteBucketConfiguration("cors"),
  DeleteBucketEncryption: deleteBucketConfiguration("encryption"),
  DeleteBucketLifecycleConfiguration: deleteBucketConfiguration("lifecycle"),
  DeleteBucketOwnershipControls: deleteBucketConfiguration("ownershipControls"),
  DeleteBucketPolicy: deleteBucketConfiguration("policy"),
  DeleteBucketTagging: deleteBucketConfiguration("tagging"),
  DeleteObject: deleteObject,
  DeleteObjectTagging: deleteObjectTagging,
  DeleteObjects: deleteObjects,
  DeletePublicAccessBlock: deleteBucketConfiguration("publicAccessBlock"),
  GetBucketAcl: getBucketAcl,
  GetBucketCors: getBucketConfiguration("cors"),
  GetBucketEncryption: getBucketConfiguration("encryption"),
  GetBucketLifecycleConfiguration: getBucketConfiguration("lifecycle"),
  GetBucketLocation: getBucketLocation,
  GetBucketLogging: getBucketConfiguration("logging"),
  GetBucketNotificationConfiguration: getBucketConfiguration("notification"),
  GetBucketOwnershipControls: getBucketConfiguration("ownershipControls"),
  GetBucketPolicy: getBucketConfiguration("policy"),
  GetBucketTagging: getBucketConfiguration("tagging"),
  GetBucketVersioning: getBucketConfiguration("versioning"),
  GetObject: getObject,
  GetObjectAcl: getObjectAcl,
  GetObjectAttributes: getObjectAttributes,
  GetObjectTagging: getObjectTagging,
  GetPublicAccessBlock: getBucketConfiguration("publicAccessBlock"),
  HeadBucket: headBucket,
  HeadObject: headObject,
  ListBuckets: listBuckets,
  ListMultipartUploads: listMultipartUploads,
  ListObjectVersions: listObjectVersions,
  ListObjects: listObjects,
  ListObjectsV2: listObjectsV2,
  ListParts: listParts,
  PutBucketCors: putBucketConfiguration("cors"),
  PutBucketEncryption: putBucketConfiguration("encryption"),
  PutBucketLifecycleConfiguration: putBucketConfiguration("lifecycle"),
  PutBucketLogging: putBucketConfiguration("logging"),
  PutBucketNotificationConfiguration: putBucketConfiguration("notification"),
  PutBucketOwnershipControls: putBucketConfiguration("ownershipControls"),
  PutBucketPolicy: putBucketConfiguration("policy"),
  PutBucketTagging: putBucketConfiguration("tagging"),
  PutBucketVersioning: putBucketConfiguration("versioning"),
  PutObject: putObject,
  PutObjectTagging: putObjectTagging,
  PutPublicAccessBlock: putBucketConfiguration("publicAccessBlock"),
  UploadPart: uploadPart,
  UploadPartCopy: uploadPartCopy,
};
