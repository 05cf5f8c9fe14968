import { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';

interface Props {
  label: string;
  className: string;
  button: ReactNode;
  /** Gets a function that closes the menu. */
  children: (close: () => void) => ReactNode;
}

/** A button with a small panel under it. The panel is a popover: Esc and a press outside close it. */
export function Menu({ label, className, button, children }: Props): ReactNode {
  const id = useId();
  const trigger = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const element = panel.current;
    if (!element) return undefined;
    // Entries may come later than the menu: it keeps its place under the button.
    const grown = new ResizeObserver(() => place(element, trigger.current));
    const toggled = (event: Event): void => {
      const shown = 'newState' in event && event.newState === 'open';
      setOpen(shown);
      if (shown) grown.observe(element);
      else grown.disconnect();
      if (shown) requestAnimationFrame(() => focusIn(element));
    };
    element.addEventListener('toggle', toggled);
    return () => {
      grown.disconnect();
      element.removeEventListener('toggle', toggled);
    };
  }, []);
  // The browser gives the focus back to the button.
  const close = (): void => document.getElementById(id)?.hidePopover();
  return (
    <>
      <button
        ref={trigger}
        type="button"
        className={className}
        aria-label={label}
        title={label}
        aria-expanded={open}
        popoverTarget={id}
      >
        {button}
      </button>
      <div ref={panel} id={id} className="menu" popover="auto" onKeyDown={moveFocus}>
        {open ? children(close) : null}
      </div>
    </>
  );
}

/** Under the button, kept inside the window. */
function place(panel: HTMLElement, trigger: HTMLElement | null): void {
  if (!trigger) return;
  const box = trigger.getBoundingClientRect();
  const left = Math.min(box.left, innerWidth - panel.offsetWidth - 8);
  const below = box.bottom + 4;
  const above = box.top - 4 - panel.offsetHeight;
  const fits = below + panel.offsetHeight <= innerHeight - 8;
  panel.style.left = `${Math.max(8, left)}px`;
  const inside = Math.max(8, innerHeight - panel.offsetHeight - 8);
  panel.style.top = `${fits ? below : above >= 8 ? above : inside}px`;
}

function focusIn(panel: HTMLElement): void {
  panel.querySelector<HTMLElement>('[aria-current=true], button, a, input')?.focus();
}

/** Arrow keys go from entry to entry. */
export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || event.target instanceof HTMLInputElement) return;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('button, a')];
  const at = items.findIndex((item) => item === document.activeElement);
  items[(at + step + items.length) % items.length]?.focus();
  event.preventDefault();
}
