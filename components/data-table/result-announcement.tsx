import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';

type ResultAnnouncementProps = {
  search: string;
  /** Search and filters in one text, which is another whenever one of them is. */
  asked: string;
  total: number;
};

/** Tells those who do not see the rows how many a search or filter found. Silent until something is asked for. */
export function ResultAnnouncement({ search, asked, total }: ResultAnnouncementProps) {
  const t = useTranslations('dataTable');
  const [said, setSaid] = useState('');
  const lastAskedRef = useRef(asked);
  useEffect(() => {
    if (lastAskedRef.current === asked) return;
    lastAskedRef.current = asked;
    setSaid(search ? t('foundFor', { search, total }) : t('found', { total }));
  }, [asked, search, total, t]);
  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  );
}
