import { Search, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type RefObject, useEffect, useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Input } from '#components/ui/input.tsx';

export type SearchFieldProps = {
  label: string;
  hint: string;
  /** Has the first look at what is typed or pasted; true: it has dealt with it, and it leaves the field. */
  intercept?: ((text: string) => boolean) | undefined;
  /** What the rows shown were searched for. */
  value: string;
  inputRef: RefObject<HTMLInputElement | null>;
  onSearch: (text: string) => void;
};

/** Searches when Enter is pressed; Escape takes the search back. The focus stays in it. */
export function SearchField({ label, hint, value, inputRef, intercept, onSearch }: SearchFieldProps) {
  const t = useTranslations('dataTable');
  const lastSearchRef = useRef(value);

  // Going back changes the search, and so the text; what was typed since the last search is not taken away.
  useEffect(() => {
    const input = inputRef.current;
    if (input?.value.trim() === lastSearchRef.current) input.value = value;
    lastSearchRef.current = value;
  }, [inputRef, value]);

  function search(text: string) {
    if (wasIntercepted(text)) return;
    lastSearchRef.current = text;
    onSearch(text);
  }

  function wasIntercepted(text: string): boolean {
    const dealtWith = intercept?.(text) ?? false;
    if (dealtWith && inputRef.current) inputRef.current.value = value;
    return dealtWith;
  }

  function clear() {
    if (inputRef.current) inputRef.current.value = '';
    inputRef.current?.focus();
    if (value) search('');
  }

  return (
    <search className="relative min-w-0 max-sm:w-full sm:w-72">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          search(inputRef.current?.value.trim() ?? '');
        }}
      >
        <Search className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-muted" aria-hidden />
        <Input
          ref={inputRef}
          name="q"
          defaultValue={value}
          placeholder={hint}
          aria-label={label}
          maxLength={256}
          enterKeyHint="search"
          autoComplete="off"
          onPaste={(event) => wasIntercepted(event.clipboardData.getData('text')) && event.preventDefault()}
          onKeyDown={(event) => event.key === 'Escape' && clear()}
          className="pr-9 pl-8.5"
        />
        {value && (
          <Button
            variant="ghost"
            className="absolute top-0.5 right-0.5 size-8 px-0"
            aria-label={t('clearSearch')}
            title={t('clearSearch')}
            onClick={clear}
          >
            <X aria-hidden />
          </Button>
        )}
      </form>
    </search>
  );
}
