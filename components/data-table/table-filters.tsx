import { useId } from 'react';

/** A choice that narrows the rows, kept in the address under `name`. */
export type TableFilter = {
  name: string;
  label: string;
  /** Empty for no narrowing. */
  value: string;
  options: { value: string; label: string }[];
};

/** Search and filters in one text, which is another whenever one of them is. */
export function askedOf(search: string, filters: { value: string }[]): string {
  return JSON.stringify([search, ...filters.map(({ value }) => value)]);
}

/** Whether a search or a filter leaves rows out. */
export function isNarrowed(search: string, filters: { value: string }[]): boolean {
  return search !== '' || filters.some(({ value }) => value !== '');
}

type TableFiltersProps = { filters: TableFilter[]; onChange: (name: string, value: string) => void };

export function TableFilters({ filters, onChange }: TableFiltersProps) {
  const id = useId();
  return filters.map(({ name, label, value, options }) => (
    <div
      key={name}
      className="flex min-w-0 items-center gap-x-2 gap-y-0.5 max-sm:flex-1 max-sm:basis-32 max-sm:flex-col max-sm:items-stretch"
    >
      <label htmlFor={`${id}-${name}`} className="text-muted">
        {label}
      </label>
      <select
        id={`${id}-${name}`}
        value={value}
        onChange={(event) => onChange(name, event.target.value)}
        className="h-9 min-w-0 rounded-md border border-control bg-surface px-2 hover:bg-hover max-sm:text-base"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  ));
}
