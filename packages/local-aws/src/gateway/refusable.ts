import type { AwsService } from "./service.ts";
import { credentialScope } from "./signature.ts";

/** Access keys of sessions begin with this; the developer's own key does not. */
const SESSION_KEY = /^ASIA/;

/**
 * A service that can refuse the requests of roles for a while, as AWS does when it is overloaded. Requests with the
 * developer's own key, and so Terraform's, succeed.
 */
export class RefusableService implements AwsService {
  readonly signingName: string;
  readonly actions: readonly string[];
  readonly #service: AwsService;
  #refusing = false;

  constructor(service: AwsService) {
    this.signingName = service.signingName;
    this.actions = service.actions;
    this.#service = service;
  }

  begin(): void {
    this.#refusing = true;
  }

  end(): void {
    this.#refusing = false;
  }

  async handle(...[request, response]: Parameters<AwsService["handle"]>): Promise<void> {
    const signed = { method: request.method ?? "GET", url: request.url ?? "/", headers: request.headers };
    if (!this.#refusing || !SESSION_KEY.test(credentialScope(signed)?.accessKeyId ?? "")) {
      return this.#service.handle(request, response);
    }
    request.resume();
    response
      .writeHead(503, { "content-type": "application/xml" })
      .end("<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>");
  }
}
