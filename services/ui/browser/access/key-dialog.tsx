import { useState } from "preact/hooks";
import type { Grant } from "../model/grants.ts";
import { Field, Select } from "../parts/field.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import { useServices } from "../parts/services.ts";
import { GrantFields, normalizeGrants } from "./grant-fields.tsx";
import type { Secret } from "./secret-dialog.tsx";

export interface KeyDialogProps {
  /** Undefined for one's own keys. */
  readonly owner: string | undefined;
  readonly onAdded: (secret: Secret) => void;
  readonly onClose: () => void;
}

/** Days → text. */
const expiries = { "30": "30 days", "90": "90 days", "365": "1 year", never: "Never" };
const DAY_MS = 24 * 3_600_000;

/** Creates an access key for a program. */
export function KeyDialog({ owner, onAdded, onClose }: KeyDialogProps) {
  const { users } = useServices();
  const [name, setName] = useState("");
  const [days, setDays] = useState("90");
  const [isLimited, setLimited] = useState(false);
  const [grants, setGrants] = useState<readonly Grant[]>([{ role: "reader", prefix: "" }]);
  const add = async () => {
    const value = await users.addKey(owner, {
      name,
      ...(isLimited && { grants: normalizeGrants(grants) }),
      ...(days !== "never" && { expires: new Date(Date.now() + Number(days) * DAY_MS).toISOString() }),
    });
    onAdded({ title: `The access key ${name}`, label: "Access key", value });
  };
  return (
    <FormDialog title="New access key" action="Create" onSubmit={add} onClose={onClose}>
      <Field label="Name" autofocus required value={name} onValue={setName} hint="What it is for, such as laptop." />
      <Select label="Expires after" value={days} onValue={setDays} options={expiries} />
      <label class="check">
        <input
          type="checkbox"
          checked={isLimited}
          onChange={({ currentTarget }) => setLimited(currentTarget.checked)}
        />
        Fewer permissions than {owner ?? "I have"}
      </label>
      {isLimited && <GrantFields grants={grants} onGrants={setGrants} />}
    </FormDialog>
  );
}
