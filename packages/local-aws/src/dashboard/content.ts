/** What a project says about its deployment. The dashboard itself knows AWS only. */
export interface DashboardContent {
  readonly title: string;
  readonly systems?: readonly DashboardSystem[];
  readonly notes?: readonly DashboardNote[];
  /** The local bucket with the Terraform states, each an object `<name>.tfstate`; without it, no stacks are shown. */
  readonly stateBucket?: string;
  /** How to get the address again, as a sentence; shown to whoever opens the dashboard without the token. */
  readonly howToOpen?: string;
}

/** Something that a person uses: a site, an API. */
export interface DashboardSystem {
  readonly name: string;
  readonly description: string;
  /** How to get in, such as where the password is. */
  readonly access?: DashboardNote;
  readonly links?: readonly DashboardLink[];
  readonly examples?: readonly DashboardExample[];
}

export interface DashboardLink {
  readonly label: string;
  readonly url: string;
}

/** A command to copy. */
export interface DashboardExample {
  readonly label: string;
  readonly command: string;
}

/** Something that a person must know, such as how to get a password. */
export interface DashboardNote {
  readonly title: string;
  readonly text: string;
  readonly commands?: readonly string[];
}
