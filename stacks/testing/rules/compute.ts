import { argument, get, type Rule } from "./rule.ts";

const FUNCTION = "aws_lambda_function";
const PERMISSION = "aws_lambda_permission";
const ROUTE = "aws_apigatewayv2_route";

const isSet = (value: unknown) => value !== undefined;

export const computeRules: readonly Rule[] = [
  argument("CKV_AWS_363, Lambda.2", FUNCTION, "runtime", "nodejs24.x", "nodejs18.x"),
  argument("CKV_AWS_50, AWS-0066", FUNCTION, "tracing_config.mode", "Active", "PassThrough"),
  argument("CKV_AWS_115", FUNCTION, "reserved_concurrent_executions", isSet, undefined),
  argument("CKV_AWS_116", FUNCTION, "dead_letter_config", isSet, undefined),
  argument(
    "CKV_AWS_117, Lambda.5",
    FUNCTION,
    "vpc_config.subnet_ids",
    (subnets) => String(subnets).includes(".private_subnet_ids}"),
    ["subnet-1"],
  ),
  {
    ids: "CKV_AWS_45",
    type: FUNCTION,
    requirement: "no secret in the environment",
    isMet: ({ attributes }) =>
      !/ephemeral\.|secret_string|random_password/.test(JSON.stringify(get(attributes, ["environment"]))),
    mutations: [
      ({ attributes }) => {
        attributes.environment = {
          variables: { KEY: "${ephemeral.aws_secretsmanager_random_password.x.random_password}" },
        };
      },
    ],
  },
  argument("CKV_AWS_364, AWS-0067", PERMISSION, "source_arn", isSet, undefined),
  argument("CKV_AWS_301, Lambda.1", PERMISSION, "principal", (principal) => isSet(principal) && principal !== "*", "*"),
  argument(
    "CKV_AWS_76, AWS-0001, APIGateway.9",
    "aws_apigatewayv2_stage",
    "access_log_settings.destination_arn",
    isSet,
    undefined,
  ),
  argument("CKV_AWS_309, APIGateway.8", ROUTE, "authorization_type", (type) => isSet(type) && type !== "NONE", "NONE"),
  argument(
    "CKV_AWS_206, AWS-0005",
    "aws_apigatewayv2_domain_name",
    "domain_name_configuration.security_policy",
    "TLS_1_2",
    "TLS_1_0",
  ),
  {
    ids: "CKV2_AWS_75",
    type: "aws_apigatewayv2_api",
    requirement: "no CORS configuration for every origin",
    isMet: ({ attributes }) => !JSON.stringify(attributes.cors_configuration ?? {}).includes('"*"'),
    mutations: [
      ({ attributes }) => {
        attributes.cors_configuration = { allow_origins: ["*"] };
      },
    ],
  },
];
