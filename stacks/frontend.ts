import type { Construct } from "constructs";
import { cacheAccess, databaseAccess } from "./base/access.ts";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import type { Bundle } from "./base/bundles.ts";
import type { Published } from "./base/outputs.ts";
import type { Statement } from "./base/policy.ts";
import { manageUsersStatements, signInAccess } from "./base/user-access.ts";
import { AuditSubscription } from "./constructs/audit-subscription.ts";
import { HttpApi, type HttpRoute } from "./constructs/http-api.ts";
import { NodeFunction } from "./constructs/node-function.ts";
import type { ElasticacheOutputs } from "./elasticache.ts";
import { BucketCors } from "./frontend/bucket-cors.ts";
import { CustomDomain } from "./frontend/custom-domain.ts";
import type { PostgresOutputs } from "./postgres.ts";
import type { Route53Outputs } from "./route53.ts";
import type { S3StorageOutputs } from "./s3-storage.ts";
import type { SecretsOutputs } from "./secrets.ts";
import type { UsersOutputs } from "./users.ts";
import type { VpcOutputs } from "./vpc.ts";

export interface FrontendOutputs {
  /** The URL of the Files API, without a trailing slash. */
  readonly apiUrl: string;
  readonly apiId: string;
  readonly stage: string;
  readonly apiFunction: string;
  readonly authorizerFunction: string;
  readonly usersFunction: string;
  readonly uiFunction: string;
  readonly docsFunction: string;
}

export interface FrontendStackProps extends StackProps {
  readonly vpc: Published<VpcOutputs>;
  readonly secrets: Published<SecretsOutputs>;
  readonly users: Published<UsersOutputs>;
  readonly postgres: Published<PostgresOutputs>;
  readonly s3Storage: Published<S3StorageOutputs>;
  readonly route53: Published<Route53Outputs>;
  /** Undefined in an environment without a cache. */
  readonly elasticache: Published<ElasticacheOutputs> | undefined;
  readonly apiBundle: Bundle;
  readonly authorizerBundle: Bundle;
  readonly usersBundle: Bundle;
  readonly uiBundle: Bundle;
  readonly docsBundle: Bundle;
  /** The routes of files, which the function `api` implements. */
  readonly fileRoutes: readonly HttpRoute[];
  /** The routes of users, sessions and access keys. */
  readonly userRoutes: readonly HttpRoute[];
  /** The routes of the page. */
  readonly uiRoutes: readonly HttpRoute[];
  /** The routes of the description of the API. */
  readonly docsRoutes: readonly HttpRoute[];
}

/**
 * The Files API and its page. This stack defines the API itself: its API Gateway, the Lambda functions `api` and
 * `users` that implement it, `docs` that describes it, `ui` that serves the page, and the Lambda authorizer. The name
 * `frontend` refers to the public entry point of the system.
 */
export class FrontendStack extends BaseStack {
  readonly outputs: Published<FrontendOutputs>;

  constructor(scope: Construct, id: string, props: FrontendStackProps) {
    super(scope, id, props);
    const apiFunction = this.#apiFunction(props);
    const usersFunction = this.#usersFunction(props);
    const uiFunction = this.#uiFunction(props);
    const docsFunction = this.#docsFunction(props);
    const authorizer = this.#authorizer(props);
    const { domain, api: settings } = this.environment;
    const api = new HttpApi(this, "Api", {
      name: "files",
      description: "Files API: list, upload, download and delete files",
      integrations: {
        Function: { invokeArn: apiFunction.invokeArn, routes: props.fileRoutes, handlesUnmatched: true },
        Users: { invokeArn: usersFunction.invokeArn, routes: props.userRoutes },
        Ui: { invokeArn: uiFunction.invokeArn, routes: props.uiRoutes },
        Docs: { invokeArn: docsFunction.invokeArn, routes: props.docsRoutes },
      },
      authorizer,
      stages: [
        {
          name: "$default",
          targets: {
            Invoke: { functionName: apiFunction.resource.functionName },
            InvokeUsers: { functionName: usersFunction.resource.functionName },
            InvokeUi: { functionName: uiFunction.resource.functionName },
            InvokeDocs: { functionName: docsFunction.resource.functionName },
          },
          throttling: settings.throttling,
        },
      ],
      customDomainOnly: domain !== undefined,
    });
    const { auditFunctionArn } = this.read(props.users);
    new AuditSubscription(this, "ApiAudit", { source: apiFunction, auditFunctionArn });
    new AuditSubscription(this, "UsersAudit", { source: usersFunction, auditFunctionArn });
    if (domain !== undefined) new CustomDomain(this, "Domain", { domain, api, ...this.read(props.route53) });
    const apiUrl = domain === undefined ? api.endpoint : `https://${domain}`;
    // Here and not in the stack of the bucket, which does not know the URL of the API that depends on it.
    new BucketCors(this, "BucketCors", {
      bucket: this.read(props.s3Storage).bucketName,
      origins: [apiUrl, ...settings.browserOrigins],
    });
    this.outputs = this.publish({
      apiUrl,
      apiId: api.id,
      stage: api.stage("$default").name,
      apiFunction: apiFunction.name,
      authorizerFunction: authorizer.name,
      usersFunction: usersFunction.name,
      uiFunction: uiFunction.name,
      docsFunction: docsFunction.name,
    });
  }

  #apiFunction(props: FrontendStackProps): NodeFunction {
    const vpc = this.read(props.vpc);
    const storage = this.read(props.s3Storage);
    const { postgresSecretArn: secretArn } = this.read(props.secrets);
    const database = databaseAccess(this.environment, { ...this.read(props.postgres), secretArn });
    const cache = cacheAccess(this.environment, props.elasticache && this.read(props.elasticache));
    return new NodeFunction(this, "ApiFunction", {
      service: "api",
      bundle: props.apiBundle,
      description: "Implements the Files API",
      variables: { ...database.variables, ...cache.variables, BUCKET_NAME: storage.bucketName },
      statements: [...database.statements, ...cache.statements, ...fileStatements(storage.bucketArn)],
      timeout: 29, // Below the 30 s of API Gateway, so that a slow request fails in the function, which logs the cause.
      memory: 1024,
      network: { subnetIds: vpc.privateSubnetIds, securityGroupId: vpc.apiSecurityGroupId },
      reservedConcurrency: this.environment.api.reservedConcurrency,
    });
  }

  #usersFunction(props: FrontendStackProps): NodeFunction {
    const users = this.read(props.users);
    const signIn = signInAccess(this.environment, users);
    return new NodeFunction(this, "UsersFunction", {
      service: "users",
      bundle: props.usersBundle,
      description: "Implements the users, sessions and access keys of the Files API",
      variables: signIn.variables,
      statements: [...signIn.statements, ...manageUsersStatements(users)],
      timeout: 29, // See the function `api`.
      memory: 512,
      network: "internet",
    });
  }

  /** It has no permissions besides writing its log: the page signs in to the API like any other client. */
  #uiFunction(props: FrontendStackProps): NodeFunction {
    return new NodeFunction(this, "UiFunction", {
      service: "ui",
      bundle: props.uiBundle,
      description: "Serves the page of the Files API",
      variables: { BUCKET_NAME: this.read(props.s3Storage).bucketName },
      statements: [],
      timeout: 10,
      memory: 512, // Its share of a CPU compresses the assets, once in each execution environment.
      network: "internet",
    });
  }

  /** It has no permissions besides writing its log: the page sends the requests that its reader tries. */
  #docsFunction(props: FrontendStackProps): NodeFunction {
    return new NodeFunction(this, "DocsFunction", {
      service: "docs",
      bundle: props.docsBundle,
      description: "Describes the Files API",
      variables: { BUCKET_NAME: this.read(props.s3Storage).bucketName },
      statements: [],
      timeout: 10,
      memory: 512,
      network: "internet",
    });
  }

  #authorizer(props: FrontendStackProps): NodeFunction {
    const signIn = signInAccess(this.environment, this.read(props.users));
    return new NodeFunction(this, "AuthorizerFunction", {
      service: "authorizer",
      bundle: props.authorizerBundle,
      description: "Signs users in to the Files API",
      variables: signIn.variables,
      statements: signIn.statements,
      timeout: 10, // API Gateway waits no longer for an authorizer.
      memory: 512,
      network: "internet",
    });
  }
}

function fileStatements(bucketArn: string): Statement[] {
  return [
    {
      sid: "ReadAndWriteFiles",
      actions: [
        "s3:AbortMultipartUpload",
        "s3:DeleteObject",
        "s3:GetObject",
        "s3:GetObjectVersion",
        "s3:ListMultipartUploadParts",
        "s3:PutObject",
      ],
      resources: [`${bucketArn}/*`],
    },
    // Without it S3 returns 403 instead of 404 for a file that does not exist.
    { sid: "ListFiles", actions: ["s3:ListBucket", "s3:ListBucketVersions"], resources: [bucketArn] },
  ];
}
