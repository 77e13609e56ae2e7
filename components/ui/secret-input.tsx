'use client';

import { Eye, EyeOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ComponentProps, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Input } from '#components/ui/input.tsx';

type SecretInputProps = ComponentProps<typeof Input> & {
  /** Of the secret, for the button that shows it. */
  what: 'password' | 'key';
};

/** A field for a secret, whose text can be looked at. */
export function SecretInput({ what, ...props }: SecretInputProps) {
  const t = useTranslations('secretInput');
  const [shown, setShown] = useState(false);
  const action = shown ? t(`hide.${what}`) : t(`show.${what}`);
  return (
    <div className="relative min-w-0 flex-1">
      <Input {...props} type={shown ? 'text' : 'password'} className="pr-10" />
      <Button
        variant="ghost"
        className="absolute top-0.5 right-0.5 size-8 px-0"
        aria-label={action}
        title={action}
        onClick={() => setShown(!shown)}
      >
        {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
      </Button>
    </div>
  );
}
