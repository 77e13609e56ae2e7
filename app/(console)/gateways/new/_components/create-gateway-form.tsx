'use client';

import { Plus } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { FormProvider, useController } from 'react-hook-form';
import { Button } from '#components/ui/button.tsx';
import { ProblemNotice } from '../../../_components/problem-notice.tsx';
import { AuthenticationSwitch } from '../../_components/authentication-switch.tsx';
import { LeaveGuard } from '../../_components/leave-guard.tsx';
import { ProvidersEditor } from '../../_components/provider-form/providers-editor.tsx';
import { FirstTokenPopup } from './first-token-popup.tsx';
import { NameSection } from './name-section.tsx';
import { NumberedSection } from './numbered-section.tsx';
import { type GatewayPlace, useGatewayCreation } from './use-gateway-creation.ts';

/** The page's three steps. Created, the gateway's first token is shown, and then the gateway. */
export function CreateGatewayForm({ place }: { place: GatewayPlace }) {
  const t = useTranslations('gateways.create');
  const router = useRouter();
  const { form, submit, problem, pending, created } = useGatewayCreation(place);
  const authenticated = useController({ control: form.control, name: 'authenticated' });
  return (
    <FormProvider {...form}>
      <form noValidate onSubmit={submit} className="flex max-w-4xl flex-col gap-8">
        <NumberedSection number={1} title={t('nameTitle')} text={t('nameText')}>
          <NameSection place={place} />
        </NumberedSection>
        <NumberedSection number={2} title={t('providersTitle')} text={t('providersText')}>
          <ProvidersEditor />
        </NumberedSection>
        <NumberedSection number={3} title={t('configureTitle')} text={t('configureText')}>
          <AuthenticationSwitch authenticated={authenticated.field.value} onChange={authenticated.field.onChange} />
        </NumberedSection>
        <div className="flex flex-col gap-3">
          <ProblemNotice problem={problem} text={(code) => t(`errors.${code}`)} />
          <div className="flex flex-wrap gap-3">
            <Button type="submit" variant="primary" className="max-sm:flex-1" pending={pending}>
              {!pending && <Plus aria-hidden />}
              {t('submit')}
            </Button>
            <Button asChild className="max-sm:flex-1">
              <Link href="/gateways">{t('cancel')}</Link>
            </Button>
          </div>
        </div>
      </form>
      <LeaveGuard active={form.formState.isDirty && !created} />
      {created && <FirstTokenPopup {...created} onClose={() => router.push(`/gateways/${created.gatewayId}`)} />}
    </FormProvider>
  );
}
