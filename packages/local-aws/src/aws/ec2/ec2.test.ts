import { afterEach, beforeEach, expect, it } from "vitest";
import { TerraformWorkspace } from "../../provider/testing/terraform.ts";
import { REGION } from "../../runtime/account.ts";
import { Ec2 } from "./ec2.ts";

let workspace: TerraformWorkspace;

beforeEach(async () => {
  workspace = new TerraformWorkspace(new Ec2().terraform);
  await workspace.start();
});

afterEach(() => workspace.stop());

it("computes the zone ID of a subnet, and the prefix list of a gateway endpoint", async () => {
  await workspace.apply({
    resource: {
      aws_vpc: { main: { cidr_block: "10.23.0.0/16" } },
      aws_subnet: {
        c: { vpc_id: "${aws_vpc.main.id}", cidr_block: "10.23.0.0/24", availability_zone: `${REGION}c` },
      },
      aws_vpc_endpoint: {
        s3: { vpc_id: "${aws_vpc.main.id}", service_name: `com.amazonaws.${REGION}.s3` },
        secrets: {
          vpc_id: "${aws_vpc.main.id}",
          service_name: `com.amazonaws.${REGION}.secretsmanager`,
          vpc_endpoint_type: "Interface",
        },
      },
    },
  });
  expect(workspace.attributes("aws_subnet.c").availability_zone_id).toBe("use1-az3");
  expect(workspace.attributes("aws_vpc_endpoint.s3").prefix_list_id).toMatch(/^pl-[0-9a-f]{8}$/);
  expect(workspace.attributes("aws_vpc_endpoint.secrets").prefix_list_id || null).toBeNull();
  const again = await workspace.plan();
  expect(again.code, again.output).toBe(0);
});
