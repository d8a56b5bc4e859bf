/** The supported part of user data: `write_files` and `runcmd` of cloud-init, as JSON (a subset of YAML). */
export interface CloudInit {
  readonly files: readonly { readonly path: string; readonly content: string }[];
  /** Programs with their arguments. */
  readonly commands: readonly (readonly string[])[];
}

const HEADER = "#cloud-config\n";

/** @param userData encoded in base64. Everything but a cloud-config in JSON is ignored. */
export function parseUserData(userData: string | undefined): CloudInit {
  const text = Buffer.from(userData ?? "", "base64").toString("utf8");
  if (!text.startsWith(HEADER)) return { files: [], commands: [] };
  try {
    const { write_files = [], runcmd = [] } = JSON.parse(text.slice(HEADER.length)) as {
      write_files?: CloudInit["files"];
      runcmd?: CloudInit["commands"];
    };
    return { files: write_files, commands: runcmd.filter(Array.isArray) };
  } catch {
    return { files: [], commands: [] };
  }
}
