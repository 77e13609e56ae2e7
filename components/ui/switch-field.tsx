import { type ReactNode, useId } from 'react';
import { Switch } from '#components/ui/switch.tsx';

type SwitchFieldProps = {
  label: string;
  text: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  children?: ReactNode;
};

/** A setting that is on or off, with what it means. */
export function SwitchField({ label, text, checked, onChange, children }: SwitchFieldProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-2 rounded-lg border bg-surface p-4">
      <div className="flex items-start justify-between gap-4">
        <div>
          <label htmlFor={id} className="font-semibold">
            {label}
          </label>
          <p id={`${id}-text`} className="text-muted">
            {text}
          </p>
        </div>
        <Switch id={id} aria-describedby={`${id}-text`} checked={checked} onCheckedChange={onChange} />
      </div>
      {children}
    </div>
  );
}
