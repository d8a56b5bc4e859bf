import { crumbsOf, type Prefix } from "../model/keys.ts";
import { folderAddress } from "../model/view.ts";

/** The folders from the root to this one, as links. */
export function Breadcrumb({ prefix }: { readonly prefix: Prefix }) {
  const crumbs = [{ name: "All files", prefix: "" }, ...crumbsOf(prefix)];
  return (
    <nav class="breadcrumb" aria-label="Folder">
      <ol>
        {crumbs.map((crumb, index) => (
          <li key={crumb.prefix}>
            <a
              href={folderAddress(crumb.prefix)}
              aria-current={index === crumbs.length - 1 ? "page" : undefined}
              title={crumb.name}
            >
              {crumb.name}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
