import { SignatureV4 } from "@smithy/signature-v4";
import { XMLParser } from "fast-xml-parser";
import type { CredentialsProvider } from "../../lib/cache/iam-token.ts";
import { Sha256 } from "../../lib/signature/sha256.ts";
import type { Clock } from "../../lib/time/clock.ts";

/** AWS refused, or the stand-in does not know the action. */
export class AwsRefusal extends Error {
  override readonly name = "AwsRefusal";
  /** AWS's own, such as `AccessDenied`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface SignedRequestsProps {
  readonly region: string;
  /** Of a stand-in for AWS; without one AWS itself is asked. */
  readonly endpoint?: string | undefined;
  readonly credentials: CredentialsProvider;
  readonly clock: Clock;
}

interface Question {
  readonly service: string;
  /** Of AWS. */
  readonly host: string;
  /** In which the signature is made; global services know only one. */
  readonly region: string;
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const GLOBAL_REGION = "us-east-1";
const GLOBAL_SERVICES = new Set(["iam", "route53"]);
/** ms until an answer is no longer waited for. */
const TIMEOUT = 10_000;
/** Elements of which there may be one or many. */
const LISTS = new Set(["item", "member", "DBInstance", "HostedZone", "NameServer"]);

/** Calls of AWS services that are asked too seldom here to install their SDK clients. */
export class SignedRequests {
  readonly #props: SignedRequestsProps;
  readonly #xml = new XMLParser({ htmlEntities: true, isArray: (name) => LISTS.has(name), parseTagValue: false });

  constructor(props: SignedRequestsProps) {
    this.#props = props;
  }

  /** EC2, IAM and RDS, which take forms and answer in XML. @throws AwsRefusal */
  async form(service: string, version: string, action: string, fields: Readonly<Record<string, string>> = {}) {
    const body = new URLSearchParams({ Action: action, Version: version, ...fields }).toString();
    const headers = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
    const answer = await this.#send({ ...this.#place(service), method: "POST", headers, body });
    return this.#xml.parse(answer) as Readonly<Record<string, unknown>>;
  }

  /** Service Quotas and ACM, which speak JSON. @throws AwsRefusal */
  async json(service: string, target: string, input: Readonly<Record<string, unknown>>): Promise<unknown> {
    const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
    const answer = await this.#send({
      ...this.#place(service),
      method: "POST",
      headers,
      body: JSON.stringify(input),
    });
    return JSON.parse(answer);
  }

  /** Route 53, which is global and answers in XML. @throws AwsRefusal */
  async get(service: string, path: string, query: Readonly<Record<string, string>> = {}) {
    const answer = await this.#send({ ...this.#place(service), method: "GET", path, query, headers: {}, body: "" });
    return this.#xml.parse(answer) as Readonly<Record<string, unknown>>;
  }

  #place(service: string): Pick<Question, "service" | "host" | "region" | "path" | "query"> {
    const isGlobal = GLOBAL_SERVICES.has(service);
    const region = isGlobal ? GLOBAL_REGION : this.#props.region;
    const host = isGlobal ? `${service}.amazonaws.com` : `${service}.${region}.amazonaws.com`;
    return { service, host, region, path: "/", query: {} };
  }

  async #send({ service, host, region, method, path, query, headers, body }: Question): Promise<string> {
    const { endpoint, credentials, clock } = this.#props;
    const url = new URL(endpoint ?? `https://${host}`);
    const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
    const request = {
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      path,
      query: { ...query },
      headers: { ...headers, host: url.host },
      body,
    };
    const signed = await signer.sign(request, { signingDate: new Date(clock.now()) });
    url.pathname = path;
    url.search = new URLSearchParams(query).toString();
    const response = await fetch(url, {
      method,
      headers: signed.headers,
      signal: AbortSignal.timeout(TIMEOUT),
      ...(method === "POST" && { body }),
    });
    const answer = await response.text();
    if (response.ok) return answer;
    const { code, message } = answer.startsWith("{") ? jsonError(answer) : this.#xmlError(answer);
    throw new AwsRefusal(code ?? String(response.status), message ?? `AWS answered ${response.status}`);
  }

  /** EC2 wraps its errors in one element more than the others. */
  #xmlError(answer: string): ErrorText {
    const { ErrorResponse, Response: ec2 } = this.#xml.parse(answer) as {
      ErrorResponse?: { Error?: XmlError };
      Response?: { Errors?: { Error?: XmlError } };
    };
    const { Code: code, Message: message } = ErrorResponse?.Error ?? ec2?.Errors?.Error ?? {};
    return { code, message };
  }
}

interface XmlError {
  readonly Code?: string;
  readonly Message?: string;
}

interface ErrorText {
  readonly code: string | undefined;
  readonly message: string | undefined;
}

function jsonError(answer: string): ErrorText {
  const { __type, message, Message } = JSON.parse(answer) as { __type?: string; message?: string; Message?: string };
  return { code: __type?.replace(/^.*#/, ""), message: message ?? Message };
}
