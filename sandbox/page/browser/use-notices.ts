import { useCallback, useState } from 'react';

/** What Slack itself tells one person, and keeps nowhere. */
export interface Notice {
  /** As a message's `ts`, so that it finds its place among them. */
  ts: string;
  user: string;
  channel: string;
  text: string;
}

const noticeLimit = 20;

export type AddNotice = (notice: Omit<Notice, 'ts'>) => void;

export function useNotices(): [readonly Notice[], AddNotice] {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const add = useCallback((notice: Omit<Notice, 'ts'>) => {
    const ts = (Date.now() / 1000).toFixed(6);
    setNotices((before) => [...before, { ...notice, ts }].slice(-noticeLimit));
  }, []);
  return [notices, add];
}
