import { afterEach, beforeEach, expect, it } from "vitest";
import { TerraformWorkspace } from "../../provider/testing/terraform.ts";
import { subnet, vpcEndpoint } from "./network.ts";

let workspace: TerraformWorkspace;

beforeEach(async () => {
  workspace = new TerraformWorkspace({ resources: [subnet, vpcEndpoint] });
  await workspace.start();
});

afterEach(() => workspace.stop());

it("gives a subnet the id of its zone, and a gateway endpoint the prefix list of its service", async () => {
  await workspace.apply({
    resource: {
      aws_vpc: { main: { cidr_block: "10.23.0.0/16" } },
      aws_subnet: {
        c: { vpc_id: "${aws_vpc.main.id}", cidr_block: "10.23.0.0/24", availability_zone: "us-east-1c" },
      },
      aws_vpc_endpoint: {
        s3: { vpc_id: "${aws_vpc.main.id}", service_name: "com.amazonaws.us-east-1.s3" },
        secrets: {
          vpc_id: "${aws_vpc.main.id}",
          service_name: "com.amazonaws.us-east-1.secretsmanager",
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
