import {
  DeregisterTargetsCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ServedService } from "../../gateway/testing/served-service.ts";
import { FUNCTION_GROUP, LoadBalancingHarness, WITH_FUNCTION } from "./testing/load-balancing-harness.ts";

let harness: LoadBalancingHarness;

beforeEach(async () => {
  harness = new LoadBalancingHarness();
  await harness.start();
});
afterEach(() => harness.stop());

it("creates resources that Terraform plans without changes, and rejects network load balancers", async () => {
  await harness.apply({ ...FUNCTION_GROUP, health_check: { interval: 60 } }, WITH_FUNCTION);
  expect(await harness.workspace.plan()).toMatchObject({ code: 0 });
  const arn = String(harness.workspace.attributes("aws_lb.main").arn);
  expect(arn).toMatch(/^arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer\/app\/front\/[0-9a-f]{16}$/);
  expect(harness.workspace.attributes("aws_lb.main").arn_suffix).toBe(arn.replace(/^.*:loadbalancer\//, ""));
  expect(harness.workspace.attributes("aws_lb_listener.main").arn).toMatch(
    /:listener\/app\/front\/[0-9a-f]{16}\/[0-9a-f]{16}$/,
  );
  const network = { ...WITH_FUNCTION, balancer: { name: "n", load_balancer_type: "network" } };
  await expect(harness.apply(FUNCTION_GROUP, network)).rejects.toThrow(
    /does not support a load balancer of type network/,
  );
});

it("describes resources and registers and deregisters targets through the SDK", async () => {
  await harness.apply({
    target_type: "ip",
    port: 8080,
    protocol: "HTTP",
    vpc_id: "vpc-1",
    health_check: { interval: 5 },
  });
  const served = await ServedService.start(harness.service.service);
  const client = new ElasticLoadBalancingV2Client(served.client);
  try {
    const { LoadBalancers = [] } = await client.send(new DescribeLoadBalancersCommand({ Names: ["front"] }));
    expect(LoadBalancers).toMatchObject([
      { DNSName: new URL(harness.url()).host, LoadBalancerName: "front", State: { Code: "active" } },
    ]);
    const { TargetGroups = [] } = await client.send(
      new DescribeTargetGroupsCommand({ LoadBalancerArn: undefined, Names: ["main"] }),
    );
    const TargetGroupArn = harness.groupArn();
    expect(TargetGroups).toMatchObject([
      { TargetGroupArn, Port: 8080, LoadBalancerArns: [LoadBalancers[0]?.LoadBalancerArn] },
    ]);
    const port = await harness.program((_, response) => void response.end());
    const Targets = [{ Id: "10.23.10.7", Port: port }];
    await client.send(new RegisterTargetsCommand({ TargetGroupArn, Targets }));
    const health = async () => {
      const { TargetHealthDescriptions = [] } = await client.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
      return TargetHealthDescriptions.map(({ Target, TargetHealth }) => [
        Target?.Id,
        Target?.Port,
        TargetHealth?.State,
      ]);
    };
    await expect.poll(health).toEqual([["10.23.10.7", port, "healthy"]]);
    expect((await fetch(harness.url())).status).toBe(200);
    await client.send(new DeregisterTargetsCommand({ TargetGroupArn, Targets }));
    await expect.poll(health).toEqual([]);
    await expect(client.send(new DescribeTargetHealthCommand({ TargetGroupArn: "arn:none" }))).rejects.toMatchObject({
      name: "TargetGroupNotFoundException",
    });
  } finally {
    client.destroy();
    await served.stop();
  }
});

// Another program of the machine can take the port during the restart.
it("keeps its address and its attached targets after a restart", { retry: 3 }, async () => {
  await harness.apply(FUNCTION_GROUP, WITH_FUNCTION);
  const address = harness.url();
  harness.lambda.permits = false; // AWS checks the permission at registration only.
  await harness.restart();
  // The first request can be sent on a connection to the same port that was closed, which is reset.
  await expect.poll(async () => (await fetch(address)).text()).toBe("from the function");
});
