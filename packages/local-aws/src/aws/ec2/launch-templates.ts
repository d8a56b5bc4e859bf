/** The configuration of instances that are launched from it. */
export interface LaunchTemplate {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  /** Encoded in base64. */
  readonly userData: string | undefined;
  readonly profileArn: string | undefined;
}

/** The latest version of each launch template; earlier ones are not stored. */
export class LaunchTemplates {
  readonly #templates = new Map<string, LaunchTemplate>();

  find(id: string): LaunchTemplate | undefined {
    return this.#templates.get(id);
  }

  put(template: LaunchTemplate): void {
    this.#templates.set(template.id, template);
  }

  delete(id: string): void {
    this.#templates.delete(id);
  }
}
