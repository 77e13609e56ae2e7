'use client';

import { Keyboard } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Dialog as DialogPrimitive } from 'radix-ui';
import { useState } from 'react';
import { areShortcutsOff, turnShortcuts } from '#components/shortcuts/shortcut-preference.ts';
import { useShortcuts } from '#components/shortcuts/use-shortcuts.ts';
import { Button } from '#components/ui/button.tsx';
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogTitle,
} from '#components/ui/dialog.tsx';
import { SwitchField } from '#components/ui/switch-field.tsx';

/** Keys of which each does the same, and what that is. */
export type Shortcut = { keys: string[]; label: string };

/** The sheet of keys, with its button. `?` opens it. */
export function ShortcutsDialog({ shortcuts }: { shortcuts: Shortcut[] }) {
  const t = useTranslations('shortcuts');
  const [open, setOpen] = useState(false);
  useShortcuts({
    '?': () => {
      setOpen(true);
      return true;
    },
  });
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogPrimitive.Trigger asChild>
        <Button
          variant="ghost"
          size="icon"
          className="max-sm:hidden"
          aria-label={t('title')}
          title={`${t('title')} (?)`}
        >
          <Keyboard aria-hidden />
        </Button>
      </DialogPrimitive.Trigger>
      <DialogContent>
        <DialogTitle>{t('title')}</DialogTitle>
        <DialogBody>
          <DialogDescription className="text-muted">{t('text')}</DialogDescription>
          <ShortcutList shortcuts={shortcuts} />
          <LettersSwitch />
        </DialogBody>
        <DialogFooter>
          <DialogPrimitive.Close asChild>
            <Button>{t('close')}</Button>
          </DialogPrimitive.Close>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

function ShortcutList({ shortcuts }: { shortcuts: Shortcut[] }) {
  return (
    <dl className="grid grid-cols-[minmax(0,3fr)_minmax(0,2fr)] gap-x-6 sm:grid-cols-[minmax(0,1fr)_auto] divide-y rounded-md border *:px-4 *:py-2">
      {shortcuts.map(({ keys, label }) => (
        <div key={label} className="col-span-2 grid grid-cols-subgrid items-center">
          <dt>{label}</dt>
          <dd className="flex flex-wrap justify-end gap-1.5">
            {keys.map((key) => (
              <kbd key={key} className="min-w-7 rounded border bg-sunken px-1.5 py-0.5 text-center font-mono text-xs">
                {key}
              </kbd>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function LettersSwitch() {
  const t = useTranslations('shortcuts');
  const [off, setOff] = useState(areShortcutsOff);
  return (
    <SwitchField
      label={t('letters')}
      text={t('lettersText')}
      checked={!off}
      onChange={(checked) => {
        turnShortcuts(checked ? 'on' : 'off');
        setOff(!checked);
      }}
    />
  );
}
