import { Search, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Input } from '#components/ui/input.tsx';

type SearchFieldProps = { label: string; defaultValue: string; onSearch: (text: string) => void };

/** Searches when Enter is pressed. */
export function SearchField({ label, defaultValue, onSearch }: SearchFieldProps) {
  const t = useTranslations('dataTable');
  const inputRef = useRef<HTMLInputElement>(null);
  return (
    <search className="relative min-w-0 max-sm:w-full sm:w-72">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSearch(inputRef.current?.value.trim() ?? '');
        }}
      >
        <Search className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-muted" aria-hidden />
        <Input
          ref={inputRef}
          name="q"
          defaultValue={defaultValue}
          placeholder={label}
          aria-label={label}
          maxLength={256}
          enterKeyHint="search"
          autoComplete="off"
          className="pr-9 pl-8.5"
        />
        {defaultValue && (
          <Button
            variant="ghost"
            className="absolute top-0.5 right-0.5 size-8 px-0"
            aria-label={t('clearSearch')}
            title={t('clearSearch')}
            onClick={() => onSearch('')}
          >
            <X aria-hidden />
          </Button>
        )}
      </form>
    </search>
  );
}
