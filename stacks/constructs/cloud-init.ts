/** A file that cloud-init writes. */
export interface CloudInitFile {
  readonly path: string;
  readonly content: string;
}

export interface CloudInit {
  /** System users without a login shell. */
  readonly users: readonly string[];
  /** Packages of the distribution. */
  readonly packages: readonly string[];
  readonly files: readonly CloudInitFile[];
  /** Commands with their arguments, which run once, in this order. */
  readonly commands: readonly (readonly string[])[];
}

/**
 * User data for cloud-init. It is written as JSON, which is valid YAML and needs no manual quoting.
 * https://cloudinit.readthedocs.io/en/latest/reference/modules.html
 */
export function cloudConfig({ users, packages, files, commands }: CloudInit): string {
  const config = {
    users: ["default", ...users.map((name) => ({ name, system: true, shell: "/usr/sbin/nologin" }))],
    packages,
    write_files: files.map(({ path, content }) => ({ path, content, permissions: "0644" })),
    runcmd: commands,
  };
  return `#cloud-config\n${JSON.stringify(config)}\n`;
}
