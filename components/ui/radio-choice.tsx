import { useId } from 'react';

type RadioChoiceProps<Value extends string> = {
  label: string;
  options: { value: Value; label: string }[];
  value: Value;
  onChange: (value: Value) => void;
  /** One below the other: for more than fit beside each other. */
  stacked?: boolean;
};

/** One of a few, all of which are seen. */
export function RadioChoice<Value extends string>(props: RadioChoiceProps<Value>) {
  const { label, options, value, onChange, stacked = false } = props;
  const name = useId();
  return (
    <fieldset className={stacked ? 'flex flex-col gap-1' : 'flex flex-wrap items-center gap-x-4 gap-y-1'}>
      <legend className={stacked ? 'mb-1.5 font-medium' : 'float-left mr-4 font-medium'}>{label}</legend>
      {options.map((option) => (
        <label key={option.value} className="inline-flex min-h-6 cursor-pointer items-center gap-2">
          <input
            type="radio"
            name={name}
            className="size-4 accent-accent"
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
