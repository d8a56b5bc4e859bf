import { CommandError } from "../command-line/errors.ts";

/** GitHub refused, or did not answer as it should. */
export class GithubApiError extends CommandError {
  override readonly name = "GithubApiError";
  readonly code = "GITHUB_API";
  /** HTTP status of the answer. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface GithubApiOptions {
  /** Without a slash at its end; GitHub itself has `https://api.github.com`. */
  readonly url: string;
  readonly token: string;
  /** `<owner>/<repository>` */
  readonly repository: string;
}

/** A comment, or an issue, as far as it is used here. */
export interface Post {
  readonly id: number;
  readonly number?: number;
  readonly body?: string | null;
  readonly user?: { readonly type?: string } | null;
}

const PAGE = 100;
/** Characters of a comment or an issue. */
export const BODY_LIMIT = 65_536;

/** The REST API of GitHub, for one repository: https://docs.github.com/en/rest */
export class GithubApi {
  readonly #options: GithubApiOptions;

  constructor(options: GithubApiOptions) {
    this.#options = options;
  }

  /**
   * @param path below the repository, such as `issues/7/comments`.
   * @throws GithubApiError
   */
  async call(method: "GET" | "PATCH" | "POST", path: string, body?: object): Promise<unknown> {
    const { url, token, repository } = this.#options;
    const response = await fetch(`${url}/repos/${repository}/${path}`, {
      method,
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${token}`,
        "x-github-api-version": "2022-11-28",
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new GithubApiError(response.status, `GitHub answered ${response.status} to ${method} ${path}: ${text}`);
    }
    return text === "" ? undefined : JSON.parse(text);
  }

  /** Posts that this or another program wrote, of all pages: what a person writes is never taken for a program's. */
  async programPosts(path: string): Promise<Post[]> {
    const found: Post[] = [];
    for (let page = 1; ; page += 1) {
      const posts = (await this.call(
        "GET",
        `${path}${path.includes("?") ? "&" : "?"}per_page=${PAGE}&page=${page}`,
      )) as Post[];
      found.push(...posts.filter(({ user }) => user?.type === "Bot"));
      if (posts.length < PAGE) return found;
    }
  }
}

/**
 * The API that a workflow's variables name.
 *
 * @throws GithubApiError when there is no token or no repository.
 */
export function githubApi(variables: Readonly<Record<string, string | undefined>>): GithubApi {
  const {
    GITHUB_API_URL: url = "https://api.github.com",
    GITHUB_TOKEN: token,
    GITHUB_REPOSITORY: repository,
  } = variables;
  if (!token || !repository) {
    throw new GithubApiError(
      0,
      "GITHUB_TOKEN and GITHUB_REPOSITORY (owner/repository) are needed; a workflow sets them.",
    );
  }
  return new GithubApi({ url, token, repository });
}
