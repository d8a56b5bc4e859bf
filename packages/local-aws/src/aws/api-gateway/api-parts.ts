import type { LambdaAuthorizer } from "./lambda-authorizer.ts";
import type { CorsConfiguration, Integration, Route, Stage } from "./model.ts";
import { type RouteMatch, RouteTable } from "./route-table.ts";

/** A stage, and the path that its routes are matched with. */
export interface StagePath {
  readonly stage: Stage;
  readonly path: string;
}

/** The parts of one HTTP API, which may change at any moment: a request sees them as they are when it comes. */
export class ApiParts {
  cors: CorsConfiguration | undefined;
  /** `disable_execute_api_endpoint`: only a custom domain leads to it. */
  isReachedByDomainOnly = false;
  readonly stages = new Map<string, Stage>();
  readonly integrations = new Map<string, Integration>();
  readonly authorizers = new Map<string, LambdaAuthorizer>();
  readonly #routes = new Map<string, Route>();
  #table = new RouteTable([]);

  putRoute(route: Route): void {
    this.#routes.set(route.id, route);
    this.#table = new RouteTable([...this.#routes.values()]);
  }

  deleteRoute(id: string): void {
    this.#routes.delete(id);
    this.#table = new RouteTable([...this.#routes.values()]);
  }

  /** See {@link RouteTable.match}. */
  match(method: string, path: string): RouteMatch | undefined {
    return this.#table.match(method, path);
  }

  /** A path that begins with a stage's name belongs to it and loses that prefix; every other path belongs to `$default`. */
  stageOf(path: string): StagePath | undefined {
    if (this.isReachedByDomainOnly) return undefined;
    const [, first = "", rest = ""] = /^\/([^/]*)(.*)$/s.exec(path) ?? [];
    const named = first === "$default" ? undefined : this.stages.get(first);
    if (named) return { stage: named, path: rest === "" ? "/" : rest };
    const stage = this.stages.get("$default");
    return stage && { stage, path };
  }
}
