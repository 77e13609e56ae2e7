import { Search, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type RefObject, useEffect, useId, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Input } from '#components/ui/input.tsx';
import { findSecret } from '#lib/secrets/find-secret.ts';

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

/**
 * Searches when Enter is pressed; Escape takes the search back. The focus stays in it. What is searched for is in the
 * address, its history and logs, so what looks like a secret leaves the field instead.
 */
export function SearchField({ label, hint, value, inputRef, intercept, onSearch }: SearchFieldProps) {
  const t = useTranslations('dataTable');
  const lastSearchRef = useRef(value);
  const noteId = useId();
  const [held, setHeld] = useState(false);

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
    const isSecret = !dealtWith && findSecret(text) !== null;
    setHeld(isSecret);
    if ((dealtWith || isSecret) && inputRef.current) inputRef.current.value = value;
    return dealtWith || isSecret;
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
          aria-describedby={held ? noteId : undefined}
          maxLength={256}
          enterKeyHint="search"
          autoComplete="off"
          onPaste={(event) => wasIntercepted(event.clipboardData.getData('text')) && event.preventDefault()}
          onInput={() => setHeld(false)}
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
      {held && (
        <p
          id={noteId}
          role="alert"
          className="absolute top-full left-0 z-20 mt-1 w-full rounded-md border bg-surface px-3 py-2 text-warning shadow-floating"
        >
          {t('secretHeld')}
        </p>
      )}
    </search>
  );
}
