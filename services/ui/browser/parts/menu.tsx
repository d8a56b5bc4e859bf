import type { ComponentChildren, TargetedKeyboardEvent } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "./icon.tsx";

export interface MenuItem {
  readonly label: string;
  readonly icon: IconName;
  readonly isDangerous?: boolean;
  readonly run: () => void;
}

export interface MenuProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly class?: string;
  readonly tabIndex?: number;
  /** What the button shows. */
  readonly children: ComponentChildren;
}

/** A button that opens a menu: https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/ */
export function Menu({ label, items, children, tabIndex = 0, ...props }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class={props.class ?? "quiet square"}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        tabIndex={tabIndex}
        onClick={() => setOpen(!isOpen)}
      >
        {children}
      </button>
      {isOpen && <MenuItems id={id} label={label} items={items} button={button.current} onClose={close} />}
    </>
  );
}

interface MenuItemsProps {
  readonly id: string;
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly button: HTMLButtonElement | null;
  readonly onClose: () => void;
}

function MenuItems({ id, label, items, button, onClose }: MenuItemsProps) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const menu = ref.current;
    if (!menu || !button) return;
    menu.showPopover();
    place(menu, button.getBoundingClientRect());
    itemsOf(menu)[0]?.focus();
    const closeOutside = ({ target }: Event) => {
      if (target instanceof Node && !menu.contains(target) && !button.contains(target)) onClose();
    };
    addEventListener("pointerdown", closeOutside);
    addEventListener("scroll", onClose);
    return () => {
      removeEventListener("pointerdown", closeOutside);
      removeEventListener("scroll", onClose);
    };
  }, [button]);
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLDivElement>) => {
    const found = itemsOf(event.currentTarget);
    const index = found.indexOf(document.activeElement as HTMLElement);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1 + found.length,
      Home: 0,
      End: found.length - 1,
    };
    const target = moves[event.key];
    if (target !== undefined) found[target % found.length]?.focus();
    else if (event.key === "Escape" || event.key === "Tab") onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={ref}
      id={id}
      class="menu"
      popover="manual"
      role="menu"
      tabIndex={-1}
      aria-label={label}
      onKeyDown={onKeyDown}
    >
      {items.map((item) => (
        <button
          key={item.label}
          type="button"
          role="menuitem"
          tabIndex={-1}
          class={item.isDangerous ? "danger-text" : ""}
          onClick={(event) => {
            event.stopPropagation();
            onClose();
            item.run();
          }}
        >
          <Icon name={item.icon} />
          {item.label}
        </button>
      ))}
    </div>
  );
}

const itemsOf = (menu: HTMLElement): HTMLElement[] => [...menu.querySelectorAll<HTMLElement>("[role=menuitem]")];

/** Below the button, or above it where there is no room, and inside the window. */
function place(menu: HTMLElement, button: DOMRect): void {
  const margin = 8;
  const below = button.bottom + 4;
  const top = below + menu.offsetHeight + margin > innerHeight ? button.top - menu.offsetHeight - 4 : below;
  const left = Math.min(Math.max(margin, button.right - menu.offsetWidth), innerWidth - menu.offsetWidth - margin);
  menu.style.top = `${Math.max(margin, top)}px`;
  menu.style.left = `${left}px`;
}
