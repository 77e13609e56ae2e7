'use client';

import { Eye, EyeOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ComponentProps, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Input } from '#components/ui/input.tsx';

/** A password field whose text can be looked at. */
export function PasswordInput(props: ComponentProps<typeof Input>) {
  const t = useTranslations('signIn');
  const [shown, setShown] = useState(false);
  const action = shown ? t('hidePassword') : t('showPassword');
  return (
    <div className="relative">
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
