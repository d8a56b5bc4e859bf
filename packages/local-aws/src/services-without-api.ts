import { Acm } from "./aws/acm/acm.ts";
import { CodeBuild } from "./aws/codebuild/codebuild.ts";
import { CodeDeploy } from "./aws/codedeploy/codedeploy.ts";
import { Kinesis } from "./aws/kinesis/kinesis.ts";
import { Kms } from "./aws/kms/kms.ts";
import { Route53 } from "./aws/route53/route53.ts";
import { Ssm } from "./aws/ssm/ssm.ts";
import type { TerraformParts } from "./provider/resource-handler.ts";

/** The services whose resources are only recorded, or used by other services. */
export const servicesWithoutApi: readonly TerraformParts[] = [
  new Acm().terraform,
  new CodeBuild().terraform,
  new CodeDeploy().terraform,
  new Kinesis().terraform,
  new Kms().terraform,
  new Route53().terraform,
  new Ssm().terraform,
];
