import type { AwsService } from "./service.ts";
import { credentialScope } from "./signature.ts";

/** The prefix of the access keys of role sessions. The developer's access key does not have it. */
const SESSION_KEY = /^ASIA/;

/**
 * A service that can be throttled, like one of AWS that is overloaded: it then rejects the requests of roles. Requests
 * with the developer's access key, and therefore those of Terraform, succeed.
 */
export class ThrottlingService implements AwsService {
  readonly signingName: string;
  readonly actions: readonly string[];
  readonly #service: AwsService;
  #isThrottling = false;

  constructor(service: AwsService) {
    this.signingName = service.signingName;
    this.actions = service.actions;
    this.#service = service;
  }

  begin(): void {
    this.#isThrottling = true;
  }

  end(): void {
    this.#isThrottling = false;
  }

  async handle(...[request, response]: Parameters<AwsService["handle"]>): Promise<void> {
    const signed = { method: request.method ?? "GET", url: request.url ?? "/", headers: request.headers };
    if (!this.#isThrottling || !SESSION_KEY.test(credentialScope(signed)?.accessKeyId ?? "")) {
      return this.#service.handle(request, response);
    }
    request.resume();
    response
      .writeHead(503, { "content-type": "application/xml" })
      .end("<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>");
  }
}
