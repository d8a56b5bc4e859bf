import type { DashboardContent } from "@nv-demo/local-aws";
import { physicalName } from "../../stacks/base/naming.ts";
import { environmentData } from "../../stacks/environment/environments.ts";

/** The content of the dashboard that is known before the deployment. */
export function baseDashboard(): DashboardContent {
  return {
    title: "nv-demo",
    stateBucket: physicalName(environmentData("local"), "bucket", "state"),
    howToOpen: "Run npm run info in the repository: it prints the address of the dashboard.",
    notes: [
      {
        title: "AWS CLI, SDKs and Terraform",
        text: "Run any command with the local AWS in place of AWS.",
        commands: [
          "npm run local -- aws s3 ls",
          "npm run local -- aws logs tail /aws/lambda/nv-demo-postgres-init",
          "npm run local -- terraform -chdir=cdktf.out/stacks/vpc state list",
        ],
      },
    ],
  };
}
