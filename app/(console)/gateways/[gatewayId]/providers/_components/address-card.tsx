import { useTranslations } from 'next-intl';
import { Copyable } from '#components/ui/copyable.tsx';

type AddressCardProps = { hostForm: string | null; pathForm: string };

/** Where client apps reach the gateway. */
export function AddressCard({ hostForm, pathForm }: AddressCardProps) {
  const t = useTranslations('providers.address');
  return (
    <section aria-labelledby="address-heading" className="rounded-lg border bg-surface p-5 shadow-raised">
      <h3 id="address-heading" className="font-semibold">
        {t('title')}
      </h3>
      <p className="mb-3 text-muted">
        {t.rich('hint', {
          code: (children) => <code className="font-mono text-[0.8125rem] wrap-anywhere">{children}</code>,
        })}
      </p>
      <Addresses hostForm={hostForm} pathForm={pathForm} />
      <h4 className="mt-5 font-semibold">{t('allTitle')}</h4>
      <p className="mb-3 text-muted">
        {t.rich('allHint', {
          code: (children) => <code className="font-mono text-[0.8125rem] wrap-anywhere">{children}</code>,
        })}
      </p>
      <Addresses hostForm={hostForm && `${hostForm}/v1`} pathForm={`${pathForm}/v1`} />
    </section>
  );
}

function Addresses({ hostForm, pathForm }: AddressCardProps) {
  const t = useTranslations('providers.address');
  return (
    <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-[auto_minmax(0,1fr)] sm:items-center">
      {hostForm && <Address label={t('hostForm')} address={hostForm} />}
      <Address label={t('pathForm')} address={pathForm} />
    </dl>
  );
}

function Address({ label, address }: { label: string; address: string }) {
  return (
    <>
      <dt className="font-medium">{label}</dt>
      <dd className="min-w-0 rounded-md bg-sunken px-3 py-1.5">
        <Copyable text={address} what={label} />
      </dd>
    </>
  );
}
