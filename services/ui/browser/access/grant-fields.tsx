import { type Grant, nameOfRole, type Role, roles } from "../model/grants.ts";
import { normalizeFolder } from "../model/keys.ts";
import { Field, Select } from "../parts/field.tsx";
import { Icon } from "../parts/icon.tsx";

export interface GrantFieldsProps {
  readonly grants: readonly Grant[];
  readonly onGrants: (grants: readonly Grant[]) => void;
}

const roleOptions = Object.fromEntries(roles.map((role) => [role, nameOfRole(role)]));

/** The folders of a user or a key, and what may be done in each. */
export function GrantFields({ grants, onGrants }: GrantFieldsProps) {
  const change = (index: number, changes: Partial<Grant>) =>
    onGrants(grants.map((grant, at) => (at === index ? { ...grant, ...changes } : grant)));
  return (
    <fieldset class="grants">
      <legend>Permissions</legend>
      {grants.map((grant, index) => (
        <div class="grant" key={index}>
          <Select
            label="Role"
            value={grant.role}
            onValue={(role) => change(index, { role: role as Role })}
            options={roleOptions}
          />
          <Field
            label="Folder"
            placeholder="everything"
            spellcheck={false}
            value={grant.prefix}
            onValue={(prefix) => change(index, { prefix })}
          />
          <button
            type="button"
            class="quiet square"
            aria-label={`Remove the permission ${index + 1}`}
            onClick={() => onGrants(grants.filter((_, at) => at !== index))}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      <button type="button" onClick={() => onGrants([...grants, { role: "reader", prefix: "" }])}>
        <Icon name="plus" />
        Add a permission
      </button>
    </fieldset>
  );
}

/** The grants as the API expects them: a folder ends with a slash. */
export const normalizeGrants = (grants: readonly Grant[]): Grant[] =>
  grants.map(({ role, prefix }) => ({ role, prefix: normalizeFolder(prefix) }));
