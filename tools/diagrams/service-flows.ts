import type { Resource, SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import { endOf, type Flow, flow, nested, referred, USER } from "./flow.ts";

/** Route 53 names lead to CloudFront and API Gateway, and CloudFront to its origins. */
export function nameFlows(stacks: SynthesizedStacks): Flow[] {
  const apisOfDomain = (domain: Resource) =>
    stacks
      .ofType("aws_apigatewayv2_api_mapping")
      .filter((mapping) => referred(stacks, mapping, mapping.attributes.domain_name, domain.type).includes(domain))
      .flatMap((mapping) => referred(stacks, mapping, mapping.attributes.api_id, "aws_apigatewayv2_api"));
  const names = stacks.ofType("aws_route53_record").flatMap((record) => {
    const zones = referred(stacks, record, record.attributes.zone_id, "aws_route53_zone");
    const targets = stacks
      .references(record.stack, nested(record.attributes.alias).name)
      .flatMap((target) => (target.type === "aws_apigatewayv2_domain_name" ? apisOfDomain(target) : [target]));
    return zones.flatMap((zone) =>
      targets.flatMap((target) => [{ from: USER, to: endOf(zone), kind: "request" as const }, flow(zone, target)]),
    );
  });
  const origins = stacks
    .ofType("aws_cloudfront_distribution")
    .flatMap((distribution) =>
      referred(stacks, distribution, distribution.attributes.origin, "aws_apigatewayv2_api").map((api) =>
        flow(distribution, api),
      ),
    );
  return [...names, ...origins];
}

/** An API may invoke what its permissions name: a function, or an alias, which leads to a version of a function. */
export function apiFlows(stacks: SynthesizedStacks): Flow[] {
  const invocations = stacks.ofType("aws_lambda_permission").flatMap((permission) => {
    const { source_arn, function_name, qualifier } = permission.attributes;
    const invoked = qualifier
      ? referred(stacks, permission, qualifier, "aws_lambda_alias")
      : referred(stacks, permission, function_name, "aws_lambda_function");
    return referred(stacks, permission, source_arn, "aws_apigatewayv2_api").flatMap((api) =>
      invoked.map((one) => flow(api, one)),
    );
  });
  const versions = stacks
    .ofType("aws_lambda_alias")
    .flatMap((alias) =>
      referred(stacks, alias, alias.attributes.function_version, "aws_lambda_function").map((one) => flow(alias, one)),
    );
  const distributed = new Set(
    stacks
      .ofType("aws_cloudfront_distribution")
      .flatMap((one) => referred(stacks, one, one.attributes.origin, "aws_apigatewayv2_api")),
  );
  const entries = stacks
    .ofType("aws_apigatewayv2_api")
    .filter((api) => !distributed.has(api))
    .map((api): Flow => ({ from: USER, to: endOf(api), kind: "request" }));
  return [...entries, ...invocations, ...versions];
}

/** Queues, notifications and schedules start programs, and canaries request APIs. */
export function eventFlows(stacks: SynthesizedStacks): Flow[] {
  const between = (type: string, from: (one: Resource) => unknown, to: (one: Resource) => unknown) =>
    stacks
      .ofType(type)
      .flatMap((one) =>
        stacks
          .references(one.stack, from(one))
          .flatMap((source) => stacks.references(one.stack, to(one)).map((target) => flow(source, target, "event"))),
      );
  const starts = (type: string, to: (one: Resource) => unknown) =>
    stacks
      .ofType(type)
      .flatMap((one) => stacks.references(one.stack, to(one)).map((target) => flow(one, target, "event")));
  return [
    ...between(
      "aws_s3_bucket_notification",
      ({ attributes }) => attributes.bucket,
      ({ attributes }) => attributes.queue,
    ),
    ...between(
      "aws_lambda_event_source_mapping",
      ({ attributes }) => attributes.event_source_arn,
      ({ attributes }) => attributes.function_name,
    ),
    ...starts("aws_sqs_queue", ({ attributes }) => attributes.redrive_policy),
    ...starts("aws_scheduler_schedule", ({ attributes }) => nested(attributes.target).arn),
    ...stacks
      .ofType("aws_synthetics_canary")
      .flatMap((canary) => apisReadBy(stacks, canary).map((api) => flow(canary, api))),
  ];
}

/** The APIs of the stacks whose outputs a resource reads. */
function apisReadBy(stacks: SynthesizedStacks, resource: Resource): Resource[] {
  const text = JSON.stringify(resource.attributes);
  return stacks
    .ofType("aws_apigatewayv2_api")
    .filter(({ stack }) => text.includes(`terraform_remote_state.${stack.replaceAll("-", "_")}.outputs.api_url`));
}
