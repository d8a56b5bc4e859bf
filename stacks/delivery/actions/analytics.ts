import { type ArnScope, type PolicyArea, prefixed, regionalArn, type ServiceActions } from "./service-actions.ts";

/** The log lake: its delivery stream, its tables and its saved queries. None of these actions reads a log. */
export const analytics: PolicyArea = {
  name: "analytics",
  services: (arnScope) => [deliveryStreams(arnScope), catalog(arnScope), queries(arnScope)],
};

const deliveryStreams = (arnScope: ArnScope): ServiceActions => ({
  name: "DeliveryStreams",
  resourceTypes: ["aws_kinesis_firehose_delivery_stream"],
  resources: [regionalArn(arnScope, "firehose", `deliverystream/${arnScope.prefix}-*`)],
  read: prefixed("firehose", ["DescribeDeliveryStream", "ListTagsForDeliveryStream"]),
  write: prefixed("firehose", [
    "CreateDeliveryStream",
    "DeleteDeliveryStream",
    "StartDeliveryStreamEncryption",
    "StopDeliveryStreamEncryption",
    "TagDeliveryStream",
    "UntagDeliveryStream",
    "UpdateDestination",
  ]),
});

/** The names of databases have underscores in place of hyphens. */
const catalog = (arnScope: ArnScope): ServiceActions => {
  const prefix = arnScope.prefix.replaceAll("-", "_");
  return {
    name: "Catalog",
    resourceTypes: ["aws_glue_catalog_database", "aws_glue_catalog_table"],
    resources: ["catalog", `database/${prefix}_*`, `table/${prefix}_*/*`].map((resource) =>
      regionalArn(arnScope, "glue", resource),
    ),
    read: prefixed("glue", ["GetDatabase", "GetPartitionIndexes", "GetTable", "GetTags"]),
    write: prefixed("glue", [
      "CreateDatabase",
      "CreateTable",
      "DeleteDatabase",
      "DeleteTable",
      "TagResource",
      "UntagResource",
      "UpdateDatabase",
      "UpdateTable",
    ]),
  };
};

const queries = (arnScope: ArnScope): ServiceActions => ({
  name: "Queries",
  resourceTypes: ["aws_athena_named_query", "aws_athena_workgroup"],
  resources: [regionalArn(arnScope, "athena", `workgroup/${arnScope.prefix}-*`)],
  read: prefixed("athena", ["GetNamedQuery", "GetWorkGroup", "ListTagsForResource"]),
  write: prefixed("athena", [
    "CreateNamedQuery",
    "CreateWorkGroup",
    "DeleteNamedQuery",
    "DeleteWorkGroup",
    "TagResource",
    "UntagResource",
    "UpdateWorkGroup",
  ]),
});
